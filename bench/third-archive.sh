#!/usr/bin/env bash
# third-archive.sh DIR: builds a second held-out archive, from Debian packages of which neither the test archive nor
# second-archive.sh holds anything (section main only; about 570 MB to fetch, 32 files, about 33 minutes of sound):
#
#   DIR/source_audio  songs, speech and field recordings, 90 s of each at most
#   DIR/pad_sources   held chords      DIR/SOURCES    package, version, path and treatment of every file
#   DIR/drums         loops            DIR/licences   each package's copyright file
#
# Most songs have drums throughout, as most archives of musicians do. Nothing in the engine may be tuned on it: a figure
# measured here counts only as long as nobody has listened. The sounds are free (GPL, CC-BY-SA and the like): use them,
# never commit them.
set -euo pipefail

out=${1:?usage: third-archive.sh DIR}
source "$(dirname "$0")/archive-parts.sh"
sound_font_package=musescore-general-soundfont-small
sound_font=$tree/usr/share/sounds/sf3/MuseScore_General_Lite.sf3
begin

games=usr/share/games
fetch marsshooter-data "$games/marsshooter/audio/*"
fetch warmux-data "$games/warmux/music/*"
fetch starfighter-data 'usr/share/starfighter/music/*'
fetch trackballs-data "$games/trackballs/music/*"
fetch scorched3d-data "$games/scorched3d/data/globalmods/none/data/*"
fetch megaglest-data "$games/megaglest/*/music/*" "$games/megaglest/tilesets/*/sounds/*"
fetch asterisk-core-sounds-fr-wav 'usr/share/asterisk/sounds/*'
fetch musescore-general-soundfont-small 'usr/share/sounds/sf3/*'

# excerpt OUT PACKAGE PATH [FFMPEG_OPTION...]: ninety seconds from 15 s on.
excerpt() {
  local target=$1 package=$2 path=$3; shift 3
  take "$target" "$package" "$path" -ss 15 -t 90 "$@"
}

# Songs.
mars=$games/marsshooter/audio
excerpt source_audio/orphanage.flac marsshooter-data "$mars/music/02_orphanage.ogg" -sample_fmt s32 -c:a flac
excerpt source_audio/fear.ogg marsshooter-data "$mars/music/03_fear.ogg" -c:a copy
excerpt source_audio/starfall.wav marsshooter-data "$mars/music/06_starfall.ogg" -c:a pcm_s24le
excerpt source_audio/farewell.mp3 marsshooter-data "$mars/music/10_farewell.ogg" -c:a libmp3lame -b:a 256k
excerpt source_audio/misanthropia.flac marsshooter-data "$mars/music/12_-_Misanthropia.ogg" -sample_fmt s32 -c:a flac
warmux=$games/warmux/music/ingame
excerpt source_audio/apnee.flac warmux-data "$warmux/Olivier_Militon.-.Apnee.ogg" -sample_fmt s32 -c:a flac
excerpt source_audio/vers-solitaire.aiff warmux-data "$warmux/Olivier_Militon.-.Vers_solitaire.ogg" -c:a pcm_s16be
excerpt source_audio/exoticux.wav warmux-data "$warmux/exoticux.ogg" -c:a pcm_s16le
excerpt source_audio/woodlux.wav warmux-data "$warmux/woodlux.ogg" -ar 96000 -c:a pcm_s24le
star=usr/share/starfighter/music
excerpt source_audio/frozen-jam.flac starfighter-data "$star/frozen_jam.ogg" -sample_fmt s32 -c:a flac
excerpt source_audio/colossus.opus starfighter-data "$star/orbital_colossus.ogg" -ar 48000 -c:a libopus -b:a 160k
excerpt source_audio/silence.wav starfighter-data "$star/sound_and_silence.ogg" -c:a pcm_f32le
excerpt source_audio/through-space.flac starfighter-data "$star/through_space.ogg" -sample_fmt s32 -c:a flac
balls=$games/trackballs/music
excerpt source_audio/genesis.flac trackballs-data "$balls/tb_genesis.ogg" -ar 48000 -sample_fmt s32 -c:a flac
excerpt source_audio/sorrow.wav trackballs-data "$balls/tb_sorrow.ogg" -ac 1 -c:a pcm_s24le
excerpt source_audio/schizophrenia.mp3 trackballs-data "$balls/tb_schizophrenia.ogg" -c:a libmp3lame -b:a 192k
take source_audio/scorched.ogg scorched3d-data "$games/scorched3d/data/globalmods/none/data/music/mix3_loop1.ogg"
glest=$games/megaglest/techs/megapack/factions
excerpt source_audio/indian.flac megaglest-data "$glest/indian/music/music_indian.ogg" -sample_fmt s32 -c:a flac
excerpt source_audio/romans.ogg megaglest-data "$glest/romans/music/romans.ogg" -c:a copy
excerpt source_audio/magic.wav megaglest-data "$glest/magic/music/music_magic.ogg" -c:a pcm_s16le
# A voice, and two places.
take source_audio/instructions.wav asterisk-core-sounds-fr-wav usr/share/asterisk/sounds/fr_CA_f_June/demo-instruct.wav
excerpt source_audio/birch-night.flac megaglest-data "$games/megaglest/tilesets/birch_forest/sounds/night.ogg" -c:a flac
take source_audio/ocean.wav scorched3d-data "$games/scorched3d/data/globalmods/none/data/wav/misc/oceanwaves.wav"

# Held chords: program and keys of General MIDI.
pad pad_sources/organ.flac 19 16 44100 '45 52 57 60 64' -sample_fmt s32 -c:a flac
pad pad_sources/tremolo-strings.wav 44 14 48000 '50 57 62 65' -c:a pcm_s24le
pad pad_sources/warm.wav 89 20 44100 '48 55 59 64 67' -c:a pcm_s24le
pad pad_sources/halo.aiff 94 18 44100 '53 60 63 68' -c:a pcm_s16be
pad pad_sources/choir.wav 52 12 44100 '57 61 64' -ac 1 -c:a pcm_s16le
pad pad_sources/accordion.flac 21 10 48000 '43 50 55 59' -sample_fmt s32 -c:a flac

# beat OUT STEP_MS "FFMPEG_OPTION..." STEP...: drums of the sound font on a grid, four bars of the same; a step is keys of
# General MIDI's drums (36 kick, 38 snare, 42 and 46 hats) joined by commas, or a dash. (Standard MIDI File 1.0, type 0.)
beat() {
  local target=$1 ms=$2 options events='' delay='00' bar step key; read -ra options <<<"$3"; shift 3
  for bar in 1 2 3 4; do
    for step; do
      for key in ${step//[,-]/ }; do events+=$(printf '%s99%02x60' "$delay" "$key"); delay=00; done
      delay=$(printf '%02x%02x' $((ms >> 7 | 128)) $((ms & 127)))
      events+=${delay}b90b7f; delay=00 # the step goes by (expression stays full)
    done
  done
  events+=00ff2f00
  printf '%b' "$(printf '4d546864000000060000000101f44d54726b%08x%s' $((${#events} / 2)) "$events" | sed 's/../\\x&/g')" \
    >"$work/beat.mid"
  render "$work/beat.mid" 44100
  convert -i "$work/render.wav" "${exact[@]}" -t "$(awk -v ms="$ms" -v steps=$# 'BEGIN { print 4 * steps * ms / 1000 }')" \
    "${options[@]}" "$out/$target"
  note "$target" "$sound_font_package" "${sound_font#"$tree"/}" "drums, $# steps of $ms ms, four times"
}

# Drums of the sound font.
beat drums/straight.wav 130 '-c:a pcm_s24le' 36,42 42 42 42 38,42 42 42 36 42 42 36,42 42 38,42 42 46 -
beat drums/broken.flac 108 '-sample_fmt s32 -c:a flac' 36,42 - 38 42 36 38 42 - 36,46 38 38 42 36 - 38,42 38
beat drums/hand-drums.wav 150 '-ac 1 -c:a pcm_s16le' 64 62 63 60 64 - 63 61 60 62,75 63 - 64 61 75 63

finish
