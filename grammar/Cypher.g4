// grammar/Cypher.g4: the language of Plexus: openCypher 9, what people type in Neo4j 5, and the declarations of knowledge.
//
// Sections follow a query's way: statement, clauses, patterns, expressions, names, and at the end schema commands and the
// lexer. Above a rule stands its name in the openCypher grammar, where it has one.
//
// Three things are decided on the tokens, before ANTLR sees them (core/parse/tokens.h), so that each decision here needs
// one or two tokens of lookahead and no input is slow:
//   - words are one lexer rule; those listed in `tokens` below become keywords, whatever their case. Keywords with a
//     trailing underscore only avoid names that C++ or ANTLR has taken.
//   - `(` that starts a pattern, `[` that starts a comprehension, `IS` before a label and the `|` before a projection
//     have token types of their own (PATTERN_LPAREN, ...).
//   - long lists of constants arrive as one token (CONSTANT_LIST).
// Nesting depth is limited before parsing. What is looser here than in Cypher, the builder or the binder refuses.
grammar Cypher;

tokens {
  // Decided on the tokens
  PATTERN_LPAREN, LIST_COMPREHENSION, PATTERN_COMPREHENSION, SEPARATOR, IS_LABEL, CONSTANT_LIST,
  // Keywords
  ABSTRACT, ACYCLIC, ALL, ALLSHORTESTPATHS, ALTER, AND, ANY, ARRAY, AS, ASC, ASCENDING, BEGIN, BINDINGS, BOOL,
  BOOLEAN, BOTH, BREAK, BTREE, BY, CALL, CASE, COLLECT, COMMIT, CONCURRENT, CONSTRAINT, CONTAINS, CONTINUE, COUNT,
  CREATE, CSV, CYPHER, DATE, DATETIME, DEFAULT_, DELETE, DESC, DESCENDING, DETACH, DIFFERENT, DISJOINT, DISTINCT,
  DROP, DURATION, EACH, EDGE, ELEMENT, ELEMENTS, ELSE, END, ENDS, ERROR_, EVIDENCE, EXISTS, EXPLAIN, EXTENDS, FAIL,
  FALSE_, FIELDTERMINATOR, FINISH, FLOAT, FOR, FOREACH, FROM, FULLTEXT, FUNCTIONAL, GROUP, GROUPS, HEADERS, IF,
  IMPLIED, IN, INDEX, INF, INFINITY_, INSERT, INT, INTEGER, INVERSE, IS, JOIN, KEY, LEADING, LIMIT, LIST, LOAD,
  LOCAL, LOOKUP, MAP, MATCH, MERGE, NAN_, NFC, NFD, NFKC, NFKD, NODE, NODETACH, NONE, NORMALIZED, NOT, NOTHING,
  NULL_, OF, OFFSET, ON, OPTIONAL, OPTIONS, OR, ORDER, PATH, PATHS, POINT, PROFILE, PROPERTY, RANGE, REDUCE, REL,
  RELATION, RELATIONSHIP, RELATIONSHIPS, REMOVE, REPEATABLE, REPORT, REQUIRE, RETURN, ROLLBACK, ROW, ROWS, SCAN,
  SEEK, SET, SHORTEST, SHORTESTPATH, SHOW, SIGNED, SIMPLE, SINGLE, SKIP_, START, STARTS, STATUS, STRICT, STRING,
  SYMMETRIC, TEXT, THEN, TIME, TIMESTAMP, TO, TRAIL, TRAILING, TRANSACTION, TRANSACTIONS, TRANSITIVE, TRIM, TRUE_,
  TYPE, TYPED, UNION, UNIQUE, UNWIND, USING, VALUE, VARCHAR, VECTOR, VERTEX, WALK, WHEN, WHERE, WITH, WITHOUT, XOR,
  YIELD, ZONE, ZONED
}

// ---- Statement -----------------------------------------------------------------------------------------------------

// oC_Cypher
statement : prelude* command ';'? EOF ;

// What parseExpression() reads
loneExpression : expression EOF ;

prelude : EXPLAIN | PROFILE | CYPHER INTEGER_LITERAL? FLOAT_LITERAL? queryOption* ;
queryOption : key=name '=' value=optionValue ;
optionValue : name | STRING_LITERAL | '-'? ( INTEGER_LITERAL | FLOAT_LITERAL ) ;

// oC_Statement
command
  : query
  | createIndex
  | dropIndex
  | createConstraint
  | dropConstraint
  | createNodeType
  | createRelationType
  | dropType
  | alterDatabase
  | show
  | transactionCommand
  ;

transactionCommand
  : BEGIN TRANSACTION?
  | START TRANSACTION
  | COMMIT TRANSACTION?
  | ROLLBACK TRANSACTION?
  ;

// ---- Query and clauses ---------------------------------------------------------------------------------------------

// oC_RegularQuery
query : singleQuery unionPart* ;

// oC_Union
unionPart : UNION ( ALL | DISTINCT )? singleQuery ;

// oC_SingleQuery
singleQuery : clause+ ;

// oC_Clause
clause
  : with
  | returnClause
  | ( matchClause | unwind | create | merge | set | remove | deleteClause | foreach | callProcedure | callSubquery | loadCsv
    | finish ) order?
  ;

// oC_Match
matchClause : OPTIONAL? MATCH matchMode? pattern hint* where? ;
matchMode
  : REPEATABLE ( ELEMENT BINDINGS? | ELEMENTS )
  | DIFFERENT ( RELATIONSHIP BINDINGS? | RELATIONSHIPS )
  ;
hint
  : USING ( INDEX SEEK? | ( RANGE | TEXT | POINT ) INDEX SEEK? ) variable ( ':' | IS_LABEL ) name '(' name ( ',' name )* ')'
  | USING SCAN variable ( ':' | IS_LABEL ) name
  | USING JOIN ON variable ( ',' variable )*
  ;

// oC_Where
where : WHERE expression ;

// oC_Unwind
unwind : UNWIND expression AS variable ;

// oC_With
with : WITH projection where? ;

// oC_Return
returnClause : RETURN projection ;

// oC_ProjectionBody
projection : DISTINCT? ( '*' ( ',' projectionItem )* | projectionItem ( ',' projectionItem )* ) order? ;

// oC_ProjectionItem
projectionItem : expression ( AS name )? ;

// oC_Order, oC_Skip, oC_Limit; also a clause of its own
order
  : orderBy skip? limit?
  | skip limit?
  | limit
  ;
orderBy : ORDER BY sortItem ( ',' sortItem )* ;
// oC_SortItem
sortItem : expression ( ASC | ASCENDING | DESC | DESCENDING )? ;
skip : ( SKIP_ | OFFSET ) expression ;
limit : LIMIT expression ;

// oC_Create
create : ( CREATE | INSERT ) pattern ;

// oC_Merge
merge : MERGE path mergeAction* ;
// oC_MergeAction
mergeAction : ON ( CREATE | MATCH ) set ;

// oC_Set
set : SET setItem ( ',' setItem )* ;
// oC_SetItem
setItem : target ( op=( '=' | '+=' ) expression | labels ) ;
// oC_PropertyExpression
target : base=atom targetStep* ;
targetStep : '.' name | '[' expression ']' ;

// oC_Remove
remove : REMOVE removeItem ( ',' removeItem )* ;
// oC_RemoveItem
removeItem : target labels? ;

// oC_Delete
deleteClause : ( DETACH | NODETACH )? DELETE expression ( ',' expression )* ;

foreach : FOREACH lparen variable IN expression '|' clause+ ')' ;

// oC_InQueryCall, oC_StandaloneCall
callProcedure : OPTIONAL? CALL procedureName ( lparen arguments? ')' )? yield? ;
procedureName : name ( '.' name )* ;
// oC_YieldItems
yield : YIELD ( '*' | yieldItem ( ',' yieldItem )* ) where? ;
// oC_YieldItem
yieldItem : name ( AS name )? ;

callSubquery : OPTIONAL? CALL scope? '{' query '}' inTransactions? ;
scope : lparen ( '*' | variable ( ',' variable )* )? ')' ;
inTransactions : IN ( concurrency=atom? CONCURRENT )? TRANSACTIONS inTransactionsOption* ;
inTransactionsOption
  : OF batch=expression ( ROW | ROWS )
  | ON ERROR_ action=( CONTINUE | BREAK | FAIL )
  | REPORT STATUS AS variable
  ;

loadCsv : LOAD CSV ( WITH HEADERS )? FROM expression AS variable ( FIELDTERMINATOR STRING_LITERAL )? ;

finish : FINISH ;

// ---- Patterns ------------------------------------------------------------------------------------------------------

// oC_Pattern
pattern : path ( ',' path )* ;

// oC_PatternPart
path : ( variable '=' )? selector? pathMode? ( shortestPath | pathElement+ ) ;

// oC_ShortestPathPattern
shortestPath : ( SHORTESTPATH | ALLSHORTESTPATHS ) lparen pathElement+ ')' ;

selector
  : SHORTEST INTEGER_LITERAL? pathMode? ( PATH | PATHS )? ( GROUP | GROUPS )?
  | ANY ( SHORTEST | INTEGER_LITERAL )? pathMode? ( PATH | PATHS )?
  | ALL SHORTEST? pathMode? ( PATH | PATHS )?
  ;
pathMode : WALK | TRAIL | ACYCLIC | SIMPLE ;

// oC_PatternElement: nodes, relationships and parenthesised paths in a row; the builder checks that they alternate
pathElement
  : nodePattern
  | relationshipPattern quantifier?
  | parenthesizedPath quantifier?
  ;
parenthesizedPath : lparen path where? ')' ;

// {2}, {1,3}, +, *
quantifier : '+' | '*' | '{' exact=INTEGER_LITERAL '}' | '{' low=INTEGER_LITERAL? ',' high=INTEGER_LITERAL? '}' ;

// oC_NodePattern
nodePattern : lparen variable? labels? properties? where? ')' ;

// oC_RelationshipPattern
relationshipPattern
  : left=( '<' | LEFT_HEAD )? dash ( '[' relationshipDetail ']' )? dash right=( '>' | RIGHT_HEAD )?
  ;
dash : '-' | OTHER_DASH ;
// oC_RelationshipDetail
relationshipDetail : variable? labels? length? properties? where? ;
// oC_RangeLiteral
length : '*' ( exact=INTEGER_LITERAL | low=INTEGER_LITERAL? '..' high=INTEGER_LITERAL? )? ;

// oC_Properties
properties : map | parameter ;

// oC_NodeLabels, oC_RelationshipTypes
labels : ( ':' | IS_LABEL ) labelExpression ;
labelExpression
  : labelAtom
  | '!' labelExpression
  | labelExpression op=( '&' | ':' ) labelExpression
  | labelExpression op='|' ':'? labelExpression
  ;
labelAtom
  : name
  | '%'
  | lparen labelExpression ')'
  | '$' ( ANY | ALL )? lparen expression ')'
  ;

// ---- Expressions ---------------------------------------------------------------------------------------------------

// oC_Expression down to oC_NonArithmeticOperatorExpression, from what binds tightest to what binds least
expression
  : atom
  | left=expression op='.' name
  | left=expression op='[' ( right=expression | from=expression? '..' to=expression? ) ']'
  | left=expression labels
  | op=( '+' | '-' ) right=expression
  | left=expression op='^' right=expression
  | left=expression op=( '*' | '/' | '%' ) right=expression
  | left=expression op=( '+' | '-' | '||' ) right=expression
  | left=expression ( op=( STARTS | ENDS ) WITH | op=( CONTAINS | IN | '=~' ) ) right=expression
  | left=expression op=IS negated=NOT? ( isNull=NULL_ | ( '::' | TYPED ) type | normalForm? NORMALIZED )
  | left=expression op='::' type
  | left=expression op=( '=' | '<>' | '<' | '<=' | '>' | '>=' ) right=expression
  | op=NOT right=expression
  | left=expression op=AND right=expression
  | left=expression op=XOR right=expression
  | left=expression op=OR right=expression
  ;
normalForm : NFC | NFD | NFKC | NFKD ;

// oC_Atom
atom
  : literal
  | parameter
  | caseExpression
  | list
  | map
  | listComprehension
  | patternComprehension
  | quantified
  | reduce
  | subquery
  | patternExpression
  | shortestPath
  | trim
  | call
  | mapProjection
  | parenthesized
  | variable
  ;

// oC_Literal
literal
  : INTEGER_LITERAL
  | FLOAT_LITERAL
  | BAD_NUMBER
  | STRING_LITERAL
  | TRUE_
  | FALSE_
  | NULL_
  | INF
  | INFINITY_
  | NAN_
  | CONSTANT_LIST
  ;

// oC_Parameter
parameter : '$' ( name | INTEGER_LITERAL ) ;

// oC_ParenthesizedExpression
parenthesized : '(' expression ')' ;

// oC_CaseExpression
caseExpression : CASE subject=expression? branch+ ( ELSE otherwise=expression )? END ;
// oC_CaseAlternative
branch : WHEN test ( ',' test )* THEN expression ;
// `IS NULL`, `> 5`, `STARTS WITH 'a'`: what is left out is the subject
test
  : op=( '=' | '<>' | '<' | '<=' | '>' | '>=' ) expression
  | ( op=( STARTS | ENDS ) WITH | op=( CONTAINS | IN | '=~' ) ) expression
  | op=IS negated=NOT? ( isNull=NULL_ | ( '::' | TYPED ) type | normalForm? NORMALIZED )
  | op='::' type
  | expression
  ;

// oC_ListLiteral
list : '[' arguments? ']' ;
arguments : expression ( ',' expression )* ;

// oC_MapLiteral
map : '{' ( mapEntry ( ',' mapEntry )* )? '}' ;
mapEntry : name ':' expression ;

// oC_ListComprehension
listComprehension : LIST_COMPREHENSION variable IN expression where? ( SEPARATOR expression )? ']' ;

// oC_PatternComprehension
patternComprehension : PATTERN_COMPREHENSION ( variable '=' )? chain where? SEPARATOR expression ']' ;

// oC_Quantifier
quantified : kind=( ALL | ANY | NONE | SINGLE ) lparen variable IN expression where? ')' ;

reduce : REDUCE lparen variable '=' expression ',' variable IN expression '|' expression ')' ;

// oC_ExistentialSubquery
subquery : kind=( EXISTS | COUNT | COLLECT ) '{' ( query | pattern where? ) '}' ;

// oC_PatternPredicate
patternExpression : chain ;
chain : nodePattern ( relationshipPattern quantifier? nodePattern )+ ;

trim : TRIM lparen ( side=( LEADING | TRAILING | BOTH ) characters=expression? | characters=expression )? FROM source=expression ')' ;

// oC_FunctionInvocation
call : functionName lparen ( '*' | ( DISTINCT | ALL )? arguments? ) ')' ;
// oC_FunctionName
functionName : callable ( '.' name )* ;

mapProjection : variable '{' ( projected ( ',' projected )* )? '}' ;
projected : '.' name | '.' '*' | name ':' expression | variable ;

lparen : '(' | PATTERN_LPAREN ;

// ---- Types ---------------------------------------------------------------------------------------------------------

type : typeTerm ( '|' typeTerm )* ;
typeTerm : typeName ( '<' type '>' )? ( NOT NULL_ | '!' )? listSuffix* ;
listSuffix : ( LIST | ARRAY ) ( NOT NULL_ | '!' )? ;
typeName
  : ( LOCAL | ZONED ) ( TIME | DATETIME )
  | ( TIME | TIMESTAMP ) ( WITH | WITHOUT ) ( TIME ZONE | WORD )
  | SIGNED INTEGER
  | ANY ( VALUE | PROPERTY VALUE | NODE | VERTEX | RELATIONSHIP | EDGE | MAP )?
  | PROPERTY VALUE
  | NULL_
  | typeWord=( BOOL | BOOLEAN | INT | INTEGER | FLOAT | STRING | VARCHAR | DATE | TIME | DATETIME | TIMESTAMP | DURATION | POINT | NODE
    | VERTEX | RELATIONSHIP | EDGE | PATH | MAP | LIST | ARRAY | NOTHING | WORD )
  ;

// ---- Names ---------------------------------------------------------------------------------------------------------

// oC_Variable, oC_SymbolicName
variable
  : WORD | QUOTED_WORD | ABSTRACT | ACYCLIC | ALL | ALLSHORTESTPATHS | ALTER | ANY | ARRAY | ASC | ASCENDING |
    BEGIN | BINDINGS | BOOL | BOOLEAN | BOTH | BREAK | BTREE | BY | CALL | COLLECT | COMMIT | CONCURRENT |
    CONSTRAINT | CONTAINS | CONTINUE | COUNT | CSV | CYPHER | DATE | DATETIME | DEFAULT_ | DESC | DESCENDING |
    DETACH | DIFFERENT | DISJOINT | DROP | DURATION | EACH | EDGE | ELEMENT | ELEMENTS | END | ENDS | ERROR_ |
    EVIDENCE | EXISTS | EXPLAIN | EXTENDS | FAIL | FIELDTERMINATOR | FINISH | FLOAT | FOR | FOREACH | FROM |
    FULLTEXT | FUNCTIONAL | GROUP | GROUPS | HEADERS | IF | IMPLIED | INDEX | INSERT | INT | INTEGER | INVERSE |
    JOIN | KEY | LEADING | LIMIT | LIST | LOAD | LOCAL | LOOKUP | MAP | NFC | NFD | NFKC | NFKD | NODE | NODETACH |
    NONE | NORMALIZED | NOTHING | OF | OFFSET | ON | OPTIONAL | OPTIONS | ORDER | PATH | PATHS | POINT | PROFILE |
    PROPERTY | RANGE | REDUCE | REL | RELATION | RELATIONSHIP | RELATIONSHIPS | REMOVE | REPEATABLE | REPORT |
    REQUIRE | ROLLBACK | ROW | ROWS | SCAN | SEEK | SHORTEST | SHORTESTPATH | SHOW | SIGNED | SIMPLE | SINGLE |
    SKIP_ | START | STARTS | STATUS | STRICT | STRING | SYMMETRIC | TEXT | TIME | TIMESTAMP | TO | TRAIL | TRAILING |
    TRANSACTION | TRANSACTIONS | TRANSITIVE | TRIM | TYPE | TYPED | UNIQUE | USING | VALUE | VARCHAR | VECTOR |
    VERTEX | WALK | WITHOUT | YIELD | ZONE | ZONED
  ;

// The first word of a function: none that has a syntax of its own
callable
  : WORD | QUOTED_WORD | ABSTRACT | ACYCLIC | ALTER | ARRAY | ASC | ASCENDING | BEGIN | BINDINGS | BOOL | BOOLEAN |
    BOTH | BREAK | BTREE | BY | CALL | COLLECT | COMMIT | CONCURRENT | CONSTRAINT | CONTAINS | CONTINUE | COUNT |
    CSV | CYPHER | DATE | DATETIME | DEFAULT_ | DESC | DESCENDING | DETACH | DIFFERENT | DISJOINT | DROP | DURATION |
    EACH | EDGE | ELEMENT | ELEMENTS | END | ENDS | ERROR_ | EVIDENCE | EXISTS | EXPLAIN | EXTENDS | FAIL |
    FIELDTERMINATOR | FINISH | FLOAT | FOR | FOREACH | FROM | FULLTEXT | FUNCTIONAL | GROUP | GROUPS | HEADERS | IF |
    IMPLIED | INDEX | INSERT | INT | INTEGER | INVERSE | JOIN | KEY | LEADING | LIMIT | LIST | LOAD | LOCAL |
    LOOKUP | MAP | NFC | NFD | NFKC | NFKD | NODE | NODETACH | NORMALIZED | NOTHING | OF | OFFSET | ON | OPTIONAL |
    OPTIONS | ORDER | PATH | PATHS | POINT | PROFILE | PROPERTY | RANGE | REL | RELATION | RELATIONSHIP |
    RELATIONSHIPS | REMOVE | REPEATABLE | REPORT | REQUIRE | ROLLBACK | ROW | ROWS | SCAN | SEEK | SHORTEST | SHOW |
    SIGNED | SIMPLE | SKIP_ | START | STARTS | STATUS | STRICT | STRING | SYMMETRIC | TEXT | TIME | TIMESTAMP | TO |
    TRAIL | TRAILING | TRANSACTION | TRANSACTIONS | TRANSITIVE | TRIM | TYPE | TYPED | UNIQUE | USING | VALUE |
    VARCHAR | VECTOR | VERTEX | WALK | WITHOUT | YIELD | ZONE | ZONED
  ;

// oC_SchemaName: any word
name
  : WORD | QUOTED_WORD | ABSTRACT | ACYCLIC | ALL | ALLSHORTESTPATHS | ALTER | AND | ANY | ARRAY | AS | ASC |
    ASCENDING | BEGIN | BINDINGS | BOOL | BOOLEAN | BOTH | BREAK | BTREE | BY | CALL | CASE | COLLECT | COMMIT |
    CONCURRENT | CONSTRAINT | CONTAINS | CONTINUE | COUNT | CREATE | CSV | CYPHER | DATE | DATETIME | DEFAULT_ |
    DELETE | DESC | DESCENDING | DETACH | DIFFERENT | DISJOINT | DISTINCT | DROP | DURATION | EACH | EDGE | ELEMENT |
    ELEMENTS | ELSE | END | ENDS | ERROR_ | EVIDENCE | EXISTS | EXPLAIN | EXTENDS | FAIL | FALSE_ | FIELDTERMINATOR |
    FINISH | FLOAT | FOR | FOREACH | FROM | FULLTEXT | FUNCTIONAL | GROUP | GROUPS | HEADERS | IF | IMPLIED | IN |
    INDEX | INF | INFINITY_ | INSERT | INT | INTEGER | INVERSE | IS | JOIN | KEY | LEADING | LIMIT | LIST | LOAD |
    LOCAL | LOOKUP | MAP | MATCH | MERGE | NAN_ | NFC | NFD | NFKC | NFKD | NODE | NODETACH | NONE | NORMALIZED |
    NOT | NOTHING | NULL_ | OF | OFFSET | ON | OPTIONAL | OPTIONS | OR | ORDER | PATH | PATHS | POINT | PROFILE |
    PROPERTY | RANGE | REDUCE | REL | RELATION | RELATIONSHIP | RELATIONSHIPS | REMOVE | REPEATABLE | REPORT |
    REQUIRE | RETURN | ROLLBACK | ROW | ROWS | SCAN | SEEK | SET | SHORTEST | SHORTESTPATH | SHOW | SIGNED | SIMPLE |
    SINGLE | SKIP_ | START | STARTS | STATUS | STRICT | STRING | SYMMETRIC | TEXT | THEN | TIME | TIMESTAMP | TO |
    TRAIL | TRAILING | TRANSACTION | TRANSACTIONS | TRANSITIVE | TRIM | TRUE_ | TYPE | TYPED | UNION | UNIQUE |
    UNWIND | USING | VALUE | VARCHAR | VECTOR | VERTEX | WALK | WHEN | WHERE | WITH | WITHOUT | XOR | YIELD | ZONE |
    ZONED
  ;

// ---- Schema --------------------------------------------------------------------------------------------------------

createIndex
  : CREATE kind=( RANGE | TEXT | POINT | LOOKUP | FULLTEXT | VECTOR | BTREE )? INDEX schemaName? ifNotExists? FOR indexTarget
    ON EACH? indexProperties indexOptions?
  ;
indexTarget
  : lparen variable? ( ':' | IS_LABEL ) name ( '|' name )* ')'
  | lparen variable ')'
  | lparen ')' '<'? '-' '[' variable? ( ( ':' | IS_LABEL ) name ( '|' name )* )? ']' '-' '>'? '(' ')'
  ;
indexProperties : ( '(' | '[' | PATTERN_LPAREN )? indexProperty ( ',' indexProperty )* ( ')' | ']' )? ;
indexProperty : variable '.' name | functionName lparen variable ')' ;
indexOptions : OPTIONS ( map | parameter ) ;
ifNotExists : IF NOT EXISTS ;
ifExists : IF EXISTS ;

dropIndex : DROP INDEX schemaName ifExists? ;

// Of an index or constraint
schemaName : name | parameter ;

createConstraint
  : CREATE CONSTRAINT schemaName? ifNotExists? FOR indexTarget REQUIRE indexProperties constraintKind indexOptions?
  ;
constraintKind
  : IS NOT NULL_
  | ( IS | IS_LABEL ) ( NODE | RELATIONSHIP | REL )? UNIQUE
  | ( IS | IS_LABEL ) ( NODE | RELATIONSHIP | REL )? KEY
  | IS ( '::' | TYPED ) type
  | '::' type
  ;

dropConstraint : DROP CONSTRAINT schemaName ifExists? ;

// What a type of nodes is (docs/knowledge.md)
createNodeType
  : ( CREATE orReplace? | ALTER ) NODE TYPE ( ifNotExists typeIdentifier | typeIdentifier ifNotExists? ) nodeTypeTrait*
  ;
// OR REPLACE
orReplace : OR WORD ;
nodeTypeTrait
  : EXTENDS typeIdentifier ( ',' typeIdentifier )*
  | ABSTRACT
  | STRICT
  | declarations
  ;

// What a relation means
createRelationType
  : ( CREATE orReplace? | ALTER ) ( RELATION | RELATIONSHIP ) TYPE ( ifNotExists typeIdentifier | typeIdentifier ifNotExists? ) relationTrait*
  ;
relationTrait
  : EXTENDS typeIdentifier ( ',' typeIdentifier )*
  | FROM typeIdentifier ( '|' typeIdentifier )*
  | TO typeIdentifier ( '|' typeIdentifier )*
  | SYMMETRIC
  | TRANSITIVE
  | ACYCLIC
  | FUNCTIONAL
  | STRICT
  | INVERSE typeIdentifier
  | IMPLIED BY impliedChain ( ',' impliedChain )*
  | DISJOINT WITH typeIdentifier ( ',' typeIdentifier )*
  | WITH EVIDENCE
  | declarations
  ;
impliedChain : typeIdentifier ( '/' typeIdentifier )* ;
typeIdentifier : name ;

declarations : lparen ( declaration ( ',' declaration )* )? ')' ;
declaration : name type declarationTrait* ;
declarationTrait
  : NOT NULL_
  | UNIQUE
  | EVIDENCE
  | DEFAULT_ ( '-' ( INTEGER_LITERAL | FLOAT_LITERAL ) | atom )
  | IN ( list | CONSTANT_LIST )
  ;

// ALTER DATABASE
alterDatabase : ALTER WORD ( SET | REMOVE ) STRICT ;

dropType : DROP ( NODE | RELATION | RELATIONSHIP ) TYPE name ifExists? ;

show : SHOW showWord+ showYield? where? returnClause? ;
showWord
  : WORD | ABSTRACT | ACYCLIC | ALL | ALLSHORTESTPATHS | ALTER | AND | ANY | ARRAY | AS | ASC | ASCENDING | BEGIN |
    BINDINGS | BOOL | BOOLEAN | BOTH | BREAK | BTREE | BY | CALL | CASE | COLLECT | COMMIT | CONCURRENT |
    CONSTRAINT | CONTAINS | CONTINUE | COUNT | CREATE | CSV | CYPHER | DATE | DATETIME | DEFAULT_ | DELETE | DESC |
    DESCENDING | DETACH | DIFFERENT | DISJOINT | DISTINCT | DROP | DURATION | EACH | EDGE | ELEMENT | ELEMENTS |
    ELSE | END | ENDS | ERROR_ | EVIDENCE | EXISTS | EXPLAIN | EXTENDS | FAIL | FALSE_ | FIELDTERMINATOR | FINISH |
    FLOAT | FOR | FOREACH | FROM | FULLTEXT | FUNCTIONAL | GROUP | GROUPS | HEADERS | IF | IMPLIED | IN | INDEX |
    INF | INFINITY_ | INSERT | INT | INTEGER | INVERSE | IS | JOIN | KEY | LEADING | LIMIT | LIST | LOAD | LOCAL |
    LOOKUP | MAP | MATCH | MERGE | NAN_ | NFC | NFD | NFKC | NFKD | NODE | NODETACH | NONE | NORMALIZED | NOT |
    NOTHING | NULL_ | OF | OFFSET | ON | OPTIONAL | OPTIONS | OR | ORDER | PATH | PATHS | POINT | PROFILE |
    PROPERTY | RANGE | REDUCE | REL | RELATION | RELATIONSHIP | RELATIONSHIPS | REMOVE | REPEATABLE | REPORT |
    REQUIRE | ROLLBACK | ROW | ROWS | SCAN | SEEK | SET | SHORTEST | SHORTESTPATH | SHOW | SIGNED | SIMPLE | SINGLE |
    SKIP_ | START | STARTS | STATUS | STRICT | STRING | SYMMETRIC | TEXT | THEN | TIME | TIMESTAMP | TO | TRAIL |
    TRAILING | TRANSACTION | TRANSACTIONS | TRANSITIVE | TRIM | TRUE_ | TYPE | TYPED | UNION | UNIQUE | UNWIND |
    USING | VALUE | VARCHAR | VECTOR | VERTEX | WALK | WHEN | WITH | WITHOUT | XOR | ZONE | ZONED
  ;
showYield : YIELD ( '*' | yieldItem ( ',' yieldItem )* ) order? ;

// ---- Lexer ---------------------------------------------------------------------------------------------------------

LPAREN : '(' ;
RPAREN : ')' ;
LBRACK : '[' ;
RBRACK : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
DOT : '.' ;
DOTDOT : '..' ;
COLON : ':' ;
DOUBLE_COLON : '::' ;
SEMICOLON : ';' ;
BAR : '|' ;
DOUBLE_BAR : '||' ;
AMPERSAND : '&' ;
EXCLAMATION : '!' ;
DOLLAR : '$' ;
EQ : '=' ;
PLUS_EQ : '+=' ;
REGEX_MATCH : '=~' ;
NEQ : '<>' ;
LT : '<' ;
LE : '<=' ;
GT : '>' ;
GE : '>=' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
PERCENT : '%' ;
CARET : '^' ;
// What typesetters make of `-`, `<` and `>`: stand-ins as below, and signs of patterns only
OTHER_DASH : '\u0005' ;
LEFT_HEAD : '\u0006' ;
RIGHT_HEAD : '\u0007' ;
// An error with a hint
EXCLAMATION_EQ : '!=' ;

// oC_IntegerLiteral
INTEGER_LITERAL
  : DIGIT ( '_'? DIGIT )*
  | '0' [xX] HEX ( '_'? HEX )*
  | '0' [oO] [0-7] ( '_'? [0-7] )*
  ;
// oC_DoubleLiteral
FLOAT_LITERAL
  : DIGITS '.' DIGITS EXPONENT?
  | '.' DIGITS EXPONENT?
  | DIGITS EXPONENT
  ;
BAD_NUMBER : DIGIT WORD_PART* | DIGITS '.' DIGIT WORD_PART* ;
fragment DIGITS : DIGIT ( '_'? DIGIT )* ;
fragment EXPONENT : [eE] [+-]? DIGITS ;
fragment DIGIT : [0-9] ;
fragment HEX : [0-9a-fA-F] ;

// oC_StringLiteral; escapes are read by the builder
STRING_LITERAL : '\'' ( ~['\\] | '\\' . )* '\'' | '"' ( ~["\\] | '\\' . )* '"' ;
UNTERMINATED_STRING : '\'' ( ~['\\] | '\\' . )* '\\'? | '"' ( ~["\\] | '\\' . )* '\\'? ;

// oC_EscapedSymbolicName
QUOTED_WORD : '`' ( ~'`' | '``' )* '`' ;
UNTERMINATED_NAME : '`' ( ~'`' | '``' )* ;

// oC_UnescapedSymbolicName, or a keyword. A character outside ASCII arrives as the stand-in for its class
// (core/parse/char_stream.h): \u0001 may start a word, \u0002 may continue one, \u0003 is a blank, \u0004 none of these,
// \u0005 to \u0007 are signs of patterns.
// Unicode's own sets here would take 6 ms to load at each start of the process.
WORD : WORD_START WORD_PART* ;
fragment WORD_START : [a-zA-Z_\u0001] ;
fragment WORD_PART : [a-zA-Z_0-9$\u0001\u0002] ;

BLOCK_COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;
UNTERMINATED_COMMENT : '/*' ( ~'*' | '*'+ ~[*/] )* '*'* ;
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
SPACE : [ \t\r\n\f\u000B\u001C-\u001F\u0003]+ -> channel(HIDDEN) ;

UNKNOWN : . ;
