# archive-parts.sh: what the scripts that build test archives of Debian's packages share; they source it, with $out set.
# Needs apt, dpkg, ffmpeg and fluidsynth; run as root it installs the last two itself. The same Debian release gives the same
# bytes. Every file is noted in $out/SOURCES (package, version, path, treatment), and each package's copyright file is kept in
# $out/licences.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
script=$(basename "$0")
export DEBIAN_FRONTEND=noninteractive
declare -A versions

as_root() { [ "$(id -u)" = 0 ]; }
# Without metadata and encoder tags, so that the bytes depend on the sound alone.
convert() { ffmpeg -nostdin -y -v error "$@"; }
exact=(-map_metadata -1 -fflags +bitexact -flags:a +bitexact)

install_tools() {
  local tool missing=()
  for tool in ffmpeg fluidsynth; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  if [ ${#missing[@]} -gt 0 ]; then
    as_root || { echo "$script: install ${missing[*]} first" >&2; exit 1; }
    apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

# fetch PACKAGE PATTERN...: downloads a package and unpacks what the patterns name, and its copyright file.
fetch() {
  local package=$1 version; shift
  apt-cache show --no-all-versions "$package" | grep -E '^Filename: pool/(updates/)?main/' >/dev/null ||
    { echo "$script: $package is not in Debian main" >&2; exit 1; }
  (cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$package")
  dpkg-deb --fsys-tarfile "$work/${package}"_*.deb |
    tar -x -C "$tree" --wildcards "./usr/share/doc/$package/copyright" "${@/#/./}"
  version=$(dpkg-deb --field "$work/${package}"_*.deb Version)
  versions[$package]=$version
  cp "$tree/usr/share/doc/$package/copyright" "$out/licences/$package.txt"
  rm "$work/${package}"_*.deb
}

# note OUT PACKAGE PATH TREATMENT: one line of SOURCES, printed too.
note() { printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "${versions[$2]}" "$3" "$4" | tee -a "$out/SOURCES"; }

# take OUT PACKAGE PATH [FFMPEG_OPTION...]: a file as it is, or converted with the options.
take() {
  local target=$1 package=$2 path=$3; shift 3
  if [ $# -eq 0 ]; then cp "$tree/$path" "$out/$target"
  else convert -i "$tree/$path" "${exact[@]}" "$@" "$out/$target"; fi
  note "$target" "$package" "$path" "${*:-as it is}"
}

# render NOTES SAMPLE_RATE: a MIDI file played on the sound font, to $work/render.wav, 24 bit.
render() {
  fluidsynth -ni -q -r "$2" -g 0.5 -O s24 -F "$work/render.wav" "$sound_font" "$1" >/dev/null 2>&1
}

# held_notes PROGRAM SECONDS KEY...: MIDI bytes of one chord held; 500 ticks a beat at 120 beats a minute are
# 1 ms a tick. (Standard MIDI File 1.0, type 0.)
held_notes() {
  local program=$1 ticks=$(($2 * 1000)) key events delay; shift 2
  events=$(printf '00c0%02x' "$program")
  for key; do events+=$(printf '0090%02x58' "$key"); done
  delay=$(printf '%02x%02x%02x' $((ticks >> 14 | 128)) $((ticks >> 7 & 127 | 128)) $((ticks & 127)))
  for key; do events+=$(printf '%s80%02x00' "$delay" "$key"); delay=00; done
  events+=8b5cff2f00 # the end, 1.5 s later: the notes ring out
  printf '%b' "$(printf '4d546864000000060000000101f44d54726b%08x%s' $((${#events} / 2)) "$events" | sed 's/../\\x&/g')"
}

# pad OUT PROGRAM SECONDS SAMPLE_RATE "KEY..." [FFMPEG_OPTION...]: a held chord of $sound_font, of $sound_font_package.
pad() {
  local target=$1 program=$2 seconds=$3 rate=$4 keys; read -ra keys <<<"$5"; shift 5
  held_notes "$program" "$seconds" "${keys[@]}" >"$work/notes.mid"
  render "$work/notes.mid" "$rate"
  convert -i "$work/render.wav" "${exact[@]}" "$@" "$out/$target"
  note "$target" "$sound_font_package" "${sound_font#"$tree"/}" "program $program, keys ${keys[*]}, $seconds s, $rate Hz"
}

# drum_loop OUT KIT STEP_SAMPLES "FFMPEG_OPTION..." {HIT GAIN PATTERN}...: hits of a kit laid on a grid at
# 44.1 kHz, an x a hit. What rings past the last step is cut, as in most loops.
drum_loop() {
  local target=$1 kit=$2 step=$3 options inputs=() graph='' mixed='' hits=0 voice=0 at pattern length=0
  read -ra options <<<"$4"; shift 4
  while [ $# -gt 0 ]; do
    inputs+=(-i "$tree/$drumkits/$kit/$1"); pattern=$3; length=${#pattern}
    local copies='' delays=''
    for ((at = 0; at < length; at++)); do
      [ "${pattern:at:1}" = x ] || continue
      copies+="[c$hits]"; delays+="[c$hits]adelay=$((at * step))S:all=1[h$hits];"; mixed+="[h$hits]"; hits=$((hits + 1))
    done
    pattern=${pattern//[^x]/}
    graph+="[$voice]aformat=flt:44100:stereo,volume=$2,asplit=${#pattern}$copies;$delays"
    voice=$((voice + 1)); shift 3
  done
  graph+="${mixed}amix=inputs=$hits:normalize=0,apad,atrim=end_sample=$((length * step))[loop]"
  convert "${inputs[@]}" -filter_complex "$graph" -map '[loop]' "${exact[@]}" "${options[@]}" "$out/$target"
  note "$target" hydrogen-drumkits "$drumkits/$kit" "hits on a grid of $step samples"
}

# inspect FILE: its format and length; fails where it is silent, too short, or cannot be decoded.
inspect() {
  local form seconds peak
  form=$(ffprobe -v error -select_streams a:0 -show_entries stream=codec_name,sample_rate,channels,bits_per_raw_sample -of csv=p=0 "$1" | head -1)
  seconds=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$1")
  peak=$(ffmpeg -nostdin -xerror -v info -i "$1" -vn -af volumedetect -f null - 2>&1 | sed -n 's/.*max_volume: \(.*\) dB/\1/p')
  awk -v seconds="$seconds" -v peak="${peak:--inf}" 'BEGIN { exit !(seconds > 0.1 && peak != "-inf" && peak > -40) }' ||
    { echo "$script: $1 is silent, too short or broken (${seconds} s, peak ${peak:-none} dB)" >&2; return 1; }
  printf '%9.2f s  %-26s %s\n' "$seconds" "$form" "${1#"$out"/}"
}

# begin: the folders, an empty SOURCES, and the tools.
begin() {
  mkdir -p "$tree" "$out"/{source_audio,pad_sources,drums,licences}
  : >"$out/SOURCES"
  if as_root; then apt-get -qq update; fi
  install_tools
}

# finish: inspects every file, one line each.
finish() {
  echo
  find "$out"/{source_audio,pad_sources,drums} -type f | sort | while read -r file; do inspect "$file"; done
  du -sh "$out"
}
