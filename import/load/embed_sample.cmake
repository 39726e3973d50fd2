# Writes OUT, a C++ source that holds entities.csv, relations.csv and schema.cypher of the folder SAMPLE as string literals.
# cmake -DSAMPLE=... -DOUT=... -P embed_sample.cmake
set(source "#include \"import/load/sample_data.h\"\n\nnamespace plexus::load {\n\n")
foreach(file entities.csv relations.csv schema.cypher)
  get_filename_component(table ${file} NAME_WE)
  string(SUBSTRING ${table} 0 1 first)
  string(TOUPPER ${first} first)
  string(SUBSTRING ${table} 1 -1 rest)
  file(READ ${SAMPLE}/${file} hex HEX)
  # A literal a line: compilers limit the length of one, not of their concatenation.
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
  string(REPLACE "\\x0a" "\\n\"\n    \"" bytes "${bytes}")
  string(APPEND source "std::string_view sample${first}${rest}() {\n  static constexpr char kText[] =\n    \"${bytes}\";\n"
    "  return {kText, sizeof kText - 1};\n}\n\n")
endforeach()
string(APPEND source "}  // namespace plexus::load\n")
file(WRITE ${OUT} "${source}")
