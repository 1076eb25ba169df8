/** What other programs take for a part of the work on the same files, where they are installed. */
import { spawnSync } from 'node:child_process';

/** A spectrogram as librosa and many scripts make it; prints the CPU seconds that it took, loading left out. */
const NUMPY_STFT = `
import numpy, time
seconds, rate, size, hop = 120, 44100, 2048, 512
sound = numpy.random.default_rng(1).standard_normal(seconds * rate).astype(numpy.float32)
window = numpy.hanning(size).astype(numpy.float32)
began = time.process_time()
frames = numpy.lib.stride_tricks.sliding_window_view(sound, size)[::hop]
for start in range(0, len(frames), 256):
    power = numpy.abs(numpy.fft.rfft(frames[start:start + 256] * window)) ** 2
print(seconds / (time.process_time() - began))
`;

/**
 * @param files sounds, all of which are worked through; @param audioSec their length together
 * @returns {{ name: string, does: string, timesRealTime: number }[]} a CPU core's worth; those that are missing left out
 */
export function measureYardsticks(files, audioSec) {
  const found = [];
  const add = (name, does, timesRealTime) => {
    if (timesRealTime !== null) found.push({ name, does, timesRealTime });
  };
  const perFile = (command, words) => {
    const seconds = files.map((file) => cpuSecondsOf(command, words(file)));
    return seconds.includes(null) ? null : audioSec / seconds.reduce((sum, each) => sum + each, 0);
  };
  add(
    'ffmpeg',
    'decodes to nothing',
    perFile('ffmpeg', (file) => ['-v', 'error', '-threads', '1', '-i', file, '-f', 'null', '-']),
  );
  add(
    'sox stat',
    'decodes, takes levels',
    perFile('sox', (file) => [file, '-n', 'stat']),
  );
  const numpy = spawnSync('python3', ['-c', NUMPY_STFT], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  add(
    'numpy',
    'one mono spectrogram (2048, hop 512), no reading',
    numpy.status === 0 ? Number(numpy.stdout) : null,
  );
  return found;
}

/** CPU seconds of a program, as the shell counts them; null where it is missing or fails. */
function cpuSecondsOf(command, words) {
  const script = '"$@" >/dev/null 2>&1 </dev/null || exit 1; times';
  const { status, stdout } = spawnSync('sh', ['-c', script, 'sh', command, ...words], { encoding: 'utf8' });
  if (status !== 0) return null;
  // The second line is the children's: user and system, as 0m1.250s.
  const [user, system] = [...stdout.split('\n')[1].matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
  );
  return user + system;
}
