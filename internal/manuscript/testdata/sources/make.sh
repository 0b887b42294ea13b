#!/bin/sh
# Makes the files of this corpus out of their sources, as LibreOffice writes
# them, and its own plain text beside each. Needs libreoffice-writer; CI does not.
set -e
cd "$(dirname "$0")"
for s in *.fodt; do
	n="${s%.fodt}"
	soffice --headless --convert-to odt --outdir .. "$s" >/dev/null 2>&1
	soffice --headless --convert-to docx:"MS Word 2007 XML" --outdir .. "../$n.odt" >/dev/null 2>&1
	soffice --headless --convert-to "html:HTML (StarWriter):EmbedImages" --outdir .. "../$n.odt" >/dev/null 2>&1
	soffice --headless --convert-to "txt:Text (encoded):UTF8" --outdir . "../$n.odt" >/dev/null 2>&1
done
