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
source "$(dirname "$0")/archive-parts.sh"
sound_font=$tree/usr/share/sounds/sf2/TimGM6mb.sf2
sound_font_package=timgm6mb-soundfont
drumkits=usr/share/hydrogen/data/drumkits
begin

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

finish
