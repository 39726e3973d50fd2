# Language level, warnings, sanitizers, and the tools that make builds quick where they are installed.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1 -fno-omit-frame-pointer -D_GLIBCXX_ASSERTIONS")

find_program(PLEXUS_CCACHE ccache)
if(PLEXUS_CCACHE)
  # What ccache's manual asks for where headers are precompiled (with -fpch-preprocess, below), and to cache what is compiled
  # with clang and the one header of ANTLR replaced (cmake/PlexusDependencies.cmake).
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,ivfsoverlay ${PLEXUS_CCACHE})
endif()
find_program(PLEXUS_MOLD mold)
if(PLEXUS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(PLEXUS_SANITIZE)
  add_compile_options(-fsanitize=${PLEXUS_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PLEXUS_SANITIZE})
endif()

if(PLEXUS_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# For our own code only: third-party headers are SYSTEM, generated code is compiled without.
add_library(plexus_warnings INTERFACE)
target_compile_options(plexus_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wno-missing-field-initializers -Werror)
# GCC 12 sees overflows in inlined std::string that are not there (GCC bugs 105329, 105651, 105562): they stay warnings.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(plexus_warnings INTERFACE -Wno-error=array-bounds -Wno-error=restrict
    -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=maybe-uninitialized)
endif()
