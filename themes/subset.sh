#!/bin/sh
# Makes the faces of themes/default/assets/fonts out of the packages on npm: weights 400 to 700, the sizes and the letters
# that the paper sets. `make assets` runs it; the addresses in paper.css change with the files (TestStyleSheet says how).
set -eu
fonts=$(cd "$(dirname "$0")/default/assets/fonts" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
p=@fontsource-variable
npm install --silent $p/newsreader@5.3.0 $p/libre-franklin@5.3.0 $p/noto-naskh-arabic@5.3.0 $p/vazirmatn@5.3.0 $p/markazi-text@5.3.0
F=node_modules/$p
limit() { name=$1; shift; fonttools varLib.instancer -q -o "$name.ttf" "$@"; }
sub() { pyftsubset "$1.ttf" --unicodes="$2" --layout-features='*' --flavor=woff2 --output-file="$fonts/$1.woff2"; }
LATIN=U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2009-200A,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F-2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2116,U+2122,U+2190-2193,U+2212
EXT=U+0100-0130,U+0132-0151,U+0154-017F,U+018F,U+0192,U+01C4-01CC,U+01E6-01E7,U+0218-021B,U+0237,U+02BB-02BC,U+02C7,U+02C9,U+02D8-02D9,U+02DB,U+02DD,U+0300-0304,U+0306-030C,U+1E80-1E85,U+1E9E,U+1EF2-1EF3
ARABIC=U+0020,U+0600-06FF,U+200C-200F,U+2010-2011,U+FD3E-FD3F,U+FDF2,U+FDFC
PLAIN=U+0020-007E,U+00A0,U+00A9,U+00AB,U+00AD,U+00B0,U+00B7,U+00BB,U+00C0-00FF,U+2010-2014,U+2018-201D,U+2022,U+2026,U+202F,U+2039-203A,U+20AC,U+2190-2193,U+2212
limit newsreader $F/newsreader/files/newsreader-latin-opsz-normal.woff2 wght=400:700 opsz=18:60
sub newsreader $LATIN
limit newsreader-italic $F/newsreader/files/newsreader-latin-wght-italic.woff2 wght=400:700
sub newsreader-italic $LATIN
limit newsreader-ext $F/newsreader/files/newsreader-latin-ext-wght-normal.woff2 wght=400:700
sub newsreader-ext $EXT
limit franklin $F/libre-franklin/files/libre-franklin-latin-wght-normal.woff2 wght=400:700
sub franklin $LATIN
limit franklin-ext $F/libre-franklin/files/libre-franklin-latin-ext-wght-normal.woff2 wght=400:700
sub franklin-ext $EXT
limit naskh $F/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2 wght=400:700
sub naskh $ARABIC
limit naskh-latin $F/noto-naskh-arabic/files/noto-naskh-arabic-latin-wght-normal.woff2 wght=400:700
sub naskh-latin $PLAIN
limit vazirmatn $F/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2 wght=400:700
sub vazirmatn $ARABIC
limit vazirmatn-latin $F/vazirmatn/files/vazirmatn-latin-wght-normal.woff2 wght=400:700
sub vazirmatn-latin $PLAIN
limit markazi $F/markazi-text/files/markazi-text-arabic-wght-normal.woff2 wght=400:700
sub markazi $ARABIC
limit markazi-latin $F/markazi-text/files/markazi-text-latin-wght-normal.woff2 wght=400:700
sub markazi-latin $PLAIN
