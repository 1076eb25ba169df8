#!/usr/bin/env bash
# Two SFZ parsers, the last region of a file, and names of samples, which may hold spaces and equals signs in SFZ.
#
# Guess:   five regions, each with the name that stands there.
# Version: npm sfz-parser 0.0.9, @sfz-tools/core 0.0.28
# Is:      sfz-parser loses the last region of every file; it ends a name at its first space and glues the rest to the next
#          opcode, which is lost with it. @sfz-tools/core makes one space of two, and cuts a name at an equals sign.
# Output (checked by the last line; exits 0 while it is this):
# > sfz-parser: “pad.wav” from 60, “warm” from undefined, “two” from undefined, “a=b.wav” from 66
# > @sfz-tools/core: “pad.wav” from 60, “warm pad.wav” from 62, “two spaces.wav” from 64, “a” from 66, “last.wav” from 68
# > sfz-parser, a file of one region: 0 regions
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" sfz-parser@0.0.9 @sfz-tools/core@0.0.28 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >run.cjs <<'JS'
const sfzParser = require("sfz-parser").default, core = require("@sfz-tools/core");
const text = `<region> sample=pad.wav lokey=60 hikey=61
<region> sample=warm pad.wav lokey=62 hikey=63
<region> sample=two  spaces.wav lokey=64 hikey=65
<region> sample=a=b.wav lokey=66 hikey=67
<region>
sample=last.wav
lokey=68
`;
const row = ({ sample, lokey }) => `“${sample}” from ${lokey}`;
(async () => {
  console.log(`sfz-parser: ${sfzParser(text).map(row).join(", ")}`);
  const one = sfzParser("<region> sample=pad.wav lokey=60\n").length;
  const regions = (await core.parseSfz(text, "")).filter(({ name }) => name === "region");
  const opcodes = ({ elements }) => Object.fromEntries(elements.map(({ attributes }) => [attributes.name, attributes.value]));
  console.log(`@sfz-tools/core: ${regions.map(opcodes).map(row).join(", ")}`);
  console.log(`sfz-parser, a file of one region: ${one} regions`);
})();
JS
node run.cjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
