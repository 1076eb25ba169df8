#!/usr/bin/env bash
# second-archive.sh DIR: builds the held-out archive that the engine's claims are checked on, from Debian's
# packages (section main only; about 470 MB to fetch, 30 files, about 35 minutes of sound):
#
#   DIR/source_audio  songs            DIR/SOURCES    package, version, path and treatment of every file
#   DIR/pad_sources   held tones       DIR/licences   each package's copyright file
#   DIR/drums         loops and hits
#
# Nothing in the engine may be tuned on it: a figure measured here counts only as long as nobody has listened.
# The same Debian release gives the same bytes (of the trackers' songs only those without random swing were
# taken). The sounds are free (GPL, CC-BY-SA and the like): use them,
# never commit them. Needs apt, dpkg, ffmpeg and fluidsynth; run as root it installs the last two itself.
set -euo pipefail

out=${1:?usage: second-archive.sh DIR}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
sound_font=$tree/usr/share/sounds/sf2/TimGM6mb.sf2
drumkits=usr/share/hydrogen/data/drumkits
export DEBIAN_FRONTEND=noninteractive

as_root() { [ "$(id -u)" = 0 ]; }
# Without metadata and encoder tags, so that the bytes depend on the sound alone.
convert() { ffmpeg -nostdin -y -v error "$@"; }
exact=(-map_metadata -1 -fflags +bitexact -flags:a +bitexact)

install_tools() {
  local tool missing=()
  for tool in ffmpeg fluidsynth; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  if [ ${#missing[@]} -gt 0 ]; then
    as_root || { echo "second-archive.sh: install ${missing[*]} first" >&2; exit 1; }
    apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

# fetch PACKAGE PATTERN...: downloads a package and unpacks what the patterns name, and its copyright file.
fetch() {
  local package=$1 version; shift
  apt-cache show --no-all-versions "$package" | grep -E '^Filename: pool/(updates/)?main/' >/dev/null ||
    { echo "second-archive.sh: $package is not in Debian main" >&2; exit 1; }
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

# pad OUT PROGRAM SECONDS SAMPLE_RATE "KEY..." [FFMPEG_OPTION...]: a held chord of the sound font.
pad() {
  local target=$1 program=$2 seconds=$3 rate=$4 keys; read -ra keys <<<"$5"; shift 5
  held_notes "$program" "$seconds" "${keys[@]}" >"$work/notes.mid"
  render "$work/notes.mid" "$rate"
  convert -i "$work/render.wav" "${exact[@]}" "$@" "$out/$target"
  note "$target" timgm6mb-soundfont usr/share/sounds/sf2/TimGM6mb.sf2 "program $program, keys ${keys[*]}, $seconds s, $rate Hz"
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
    { echo "second-archive.sh: $1 is silent, too short or broken (${seconds} s, peak ${peak:-none} dB)" >&2; return 1; }
  printf '%9.2f s  %-26s %s\n' "$seconds" "$form" "${1#"$out"/}"
}

mkdir -p "$tree" "$out"/{source_audio,pad_sources,drums,licences}
: >"$out/SOURCES"
declare -A versions
if as_root; then apt-get -qq update; fi
install_tools

fetch lmms-common 'usr/share/lmms/samples/*'
for kit in ColomboAcousticDrumkit 'circAfrique v4' VariBreaks BJA_Pacific; do kits+=("$drumkits/$kit/*"); done
fetch hydrogen-drumkits "${kits[@]}"
fetch drascula-music 'usr/share/scummvm/drascula/audio/track26.ogg'
fetch asc-music 'usr/share/games/asc/music/machine_wars.mp3'
fetch colobot-common-sounds 'usr/share/games/colobot/music/Quite.ogg' 'usr/share/games/colobot/music/music010.ogg'
fetch warzone2100-music 'usr/share/games/warzone2100/music/albums/original_soundtrack/track3.opus'
fetch fretsonfire-songs-muldjord 'usr/share/games/fretsonfire/data/songs/muldjord/chaos_god/*.ogg'
fetch lincity-ng-data 'usr/share/games/lincity-ng/music/default/03*'
fetch frozen-bubble-data 'usr/share/games/frozen-bubble/snd/frozen-mainzik-2p.ogg'
fetch pathological 'usr/share/games/pathological/music/intro.ogg'
fetch pingus-data 'usr/share/games/pingus/data/music/pingus-2.it'
fetch rafkill-data 'usr/share/games/rafkill/music/song1.xm'
fetch openttd-openmsx 'usr/share/games/openttd/baseset/openmsx/relax_song.mid'
fetch timgm6mb-soundfont 'usr/share/sounds/sf2/*'

# Songs.
take source_audio/drascula-26.ogg drascula-music usr/share/scummvm/drascula/audio/track26.ogg
take source_audio/machine-wars.mp3 asc-music usr/share/games/asc/music/machine_wars.mp3
take source_audio/quite.ogg colobot-common-sounds usr/share/games/colobot/music/Quite.ogg
take source_audio/colobot-10.wav colobot-common-sounds usr/share/games/colobot/music/music010.ogg -ar 96000 -c:a pcm_s24le
take source_audio/warzone-3.opus warzone2100-music usr/share/games/warzone2100/music/albums/original_soundtrack/track3.opus
take source_audio/contemplations.wav lincity-ng-data \
  'usr/share/games/lincity-ng/music/default/03 - Robert van Herk - Architectural Contemplations.ogg' -ac 1 -c:a pcm_s24le
take source_audio/frozen-2p.aiff frozen-bubble-data usr/share/games/frozen-bubble/snd/frozen-mainzik-2p.ogg -c:a pcm_s16be
take source_audio/pathological.flac pathological usr/share/games/pathological/music/intro.ogg -ar 48000 -sample_fmt s32 -c:a flac
take source_audio/pingus-2.wav pingus-data usr/share/games/pingus/data/music/pingus-2.it -c:a pcm_f32le
take source_audio/rafkill-1.wav rafkill-data usr/share/games/rafkill/music/song1.xm -ar 44100 -c:a pcm_s16le

band=usr/share/games/fretsonfire/data/songs/muldjord/chaos_god
convert -i "$tree/$band/song.ogg" -i "$tree/$band/guitar.ogg" -filter_complex 'amix=inputs=2:normalize=0,volume=0.6' \
  "${exact[@]}" -c:a libmp3lame -b:a 256k "$out/source_audio/chaos-god.mp3"
note source_audio/chaos-god.mp3 fretsonfire-songs-muldjord "$band/{song,guitar}.ogg" 'both stems mixed'

render "$tree/usr/share/games/openttd/baseset/openmsx/relax_song.mid" 48000
convert -i "$work/render.wav" "${exact[@]}" -sample_fmt s32 -c:a flac "$out/source_audio/relax-song.flac"
note source_audio/relax-song.flac openttd-openmsx usr/share/games/openttd/baseset/openmsx/relax_song.mid 'played on TimGM6mb.sf2, 48000 Hz'

# Held tones.
samples=usr/share/lmms/samples
take pad_sources/church-organ.ogg lmms-common $samples/instruments/church_organ01.ogg
take pad_sources/chorus.ogg lmms-common $samples/stringsnpads/chorus02.ogg
take pad_sources/bell-choir.flac lmms-common $samples/stringsnpads/bell_choir01.ogg -sample_fmt s32 -c:a flac
take pad_sources/space-strings.wav lmms-common $samples/stringsnpads/space_strings01.ogg -c:a pcm_s16le
take pad_sources/flute.wav lmms-common $samples/instruments/flute01.ogg -ar 48000 -c:a pcm_s24le
pad pad_sources/slow-strings.wav 49 16 48000 '51 58 62 67 70' -c:a pcm_s24le
pad pad_sources/sweep-pad.wav 95 20 96000 '42 54 57 61 68' -c:a pcm_s24le
pad pad_sources/bowed.flac 92 14 44100 '47 54 59 64' -sample_fmt s32 -c:a flac
pad pad_sources/voices.aiff 53 12 44100 '55 58 62' -c:a pcm_s16be
pad pad_sources/horns.mp3 60 12 44100 '50 57' -ac 1 -c:a libmp3lame -b:a 192k

# Drums.
take drums/909-beat.ogg lmms-common $samples/beats/909beat01.ogg
take drums/jungle.ogg lmms-common $samples/beats/jungle01.ogg
take drums/electro-beat.ogg lmms-common $samples/beats/electro_beat01.ogg
take drums/crash.flac hydrogen-drumkits $drumkits/ColomboAcousticDrumkit/crash20i__crash.flac
take drums/snare.aiff hydrogen-drumkits $drumkits/BJA_Pacific/SN_05.aiff
kick=x.....x.x.x..... snare=....x.......x... fill=....x..x.x..x.xx hats=x.x.x.x.x.x.x.x. rest=................
drum_loop drums/rock-104.wav ColomboAcousticDrumkit 6361 '-c:a pcm_s24le' \
  bassdrum-4mics-br-stereo-normal3.flac 0.5 $kick$kick$kick$kick \
  snare-opaque-2mics_normal-shot1.flac 0.5 $snare$snare$snare$fill \
  hihat-closed-4.flac 0.4 $hats$hats$hats$hats \
  crash16i__crash1.flac 0.4 x...............$rest$rest$rest
drum_loop drums/hand-drums.flac 'circAfrique v4' 5512 '-ar 48000 -sample_fmt s32 -c:a flac' \
  'Djembe1 Bass.wav' 0.5 x.....x.....x.....x..x.. \
  'Djembe1 Tone.wav' 0.5 ..xx....xx....xx....xx.. \
  'Djembe2 Slap.wav' 0.4 ....x.....x.....x...x..x \
  'Sangban1 Bell Hit.wav' 0.3 x.x.xx.x.x.xx.x.xx.x.x.x
kick=x...x...x...x... snare=....x.......x..x hats=x.xxx.xxx.xxx.xx open=..x...x...x...x.
drum_loop drums/house-126.wav VariBreaks 5250 '-ac 1 -c:a pcm_s16le' \
  'VP Kick 2.flac' 0.5 $kick$kick 'VP Snare 1.flac' 0.4 $snare$snare \
  'VP Hat 2 Cl.flac' 0.3 $hats$hats 'VP Hat 1 Op.flac' 0.3 $open$open

echo
find "$out"/{source_audio,pad_sources,drums} -type f | sort | while read -r file; do inspect "$file"; done
du -sh "$out"
