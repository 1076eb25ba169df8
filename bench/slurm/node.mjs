/**
 * One Slurm node for a while: munged, slurmctld and slurmd on loopback, all they keep in one folder, ended by `stop`.
 * Debian's packages (slurmctld, slurmd, slurm-client, munge), as root, since slurmd starts jobs in their user's name.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Said of the node, whatever the machine has, so that tasks run side by side and `--mem` is granted. */
const CPUS = 8;
const MEMORY_MB = 65_536;

/**
 * Starts the three in a folder that exists; the folders around it must be open to all, says munged. What the daemons say
 * stands in its `log/`.
 * @returns `run`, a command that finds them, and `stop`
 */
export async function startNode(folder) {
  requireRoot();
  const children = [];
  const conf = await configure(folder);
  const env = { ...process.env, SLURM_CONF: conf };
  const run = (command, args, options = {}) =>
    spawnSync(command, args, { encoding: 'utf8', env, ...options });
  const daemon = (command, ...args) => {
    const said = openSync(join(folder, 'log', command), 'a');
    const child = spawn(command, args, { env, stdio: ['ignore', said, said] });
    closeSync(said);
    child.on('exit', (status) => {
      if (!isStopping) console.error(`${command} ended with ${status}; ${folder}/log says why`);
    });
    children.push(child);
    return child.pid;
  };
  let isStopping = false;
  const stop = async () => {
    isStopping = true;
    run('scancel', ['--user=root', '--signal=KILL', '--full']);
    run('scancel', ['--user=root']);
    await until(() => run('squeue', ['--noheader']).stdout.trim() === '', 20).catch(() => {});
    // The last started first: slurmctld takes leave of slurmd, and both of munged.
    for (const child of children.reverse()) await end(child);
  };
  try {
    const munge = (name) => join(folder, 'munge', name);
    daemon(
      'munged',
      '--foreground',
      `--socket=${munge('socket')}`,
      `--key-file=${munge('key')}`,
      `--pid-file=${munge('pid')}`,
      `--seed-file=${munge('seed')}`,
    );
    await until(() => run('munge', ['-n', `--socket=${munge('socket')}`]).status === 0, 20);
    const pids = [daemon('slurmctld', '-D'), daemon('slurmd', '-D', '-N', hostname())];
    await until(() => run('sinfo', ['--noheader', '--format=%T']).stdout.trim() === 'idle', 60);
    requireLoopback(pids);
  } catch (error) {
    await stop();
    throw error;
  }
  return { run, stop };
}

async function configure(folder) {
  // munged wants its socket within reach of all.
  await chmod(folder, 0o755);
  for (const name of ['munge', 'state', 'spool', 'log']) await mkdir(join(folder, name), { recursive: true });
  await chmod(join(folder, 'munge'), 0o755);
  await writeFile(join(folder, 'munge/key'), randomBytes(128), { mode: 0o600 });
  const [controller, node] = await freePorts(2);
  const conf = join(folder, 'slurm.conf');
  await writeFile(
    conf,
    `ClusterName=afterglow
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${node}
# Neither daemon listens elsewhere than where it is said to be.
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# A requeued task waits until its old credential has expired; 120 s by default.
AuthInfo=socket=${join(folder, 'munge/socket')},cred_expire=5
StateSaveLocation=${join(folder, 'state')}
SlurmdSpoolDir=${join(folder, 'spool')}
SlurmctldPidFile=${join(folder, 'slurmctld.pid')}
SlurmdPidFile=${join(folder, 'slurmd.pid')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
KillWait=5
MpiDefault=none
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=${CPUS} RealMemory=${MEMORY_MB} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
  );
  return conf;
}

function requireRoot() {
  if (process.getuid?.() !== 0)
    throw new Error('slurmd wants root; run this as root, in a container for instance');
  for (const program of ['munged', 'slurmctld', 'slurmd', 'sbatch']) {
    if (spawnSync(program, ['--version']).error) {
      throw new Error(`${program} is missing: apt-get install slurmctld slurmd slurm-client munge`);
    }
  }
}

/** Traffic stays on this machine: no daemon may listen on another address. */
function requireLoopback(pids) {
  const sockets = execFileSync('ss', ['-Hltnp'], { encoding: 'utf8' }).split('\n');
  const ours = sockets.filter((line) => pids.some((pid) => line.includes(`pid=${pid},`)));
  const elsewhere = ours.filter((line) => !/\s127\.0\.0\.1:\d+\s/.test(line));
  if (ours.length < pids.length || elsewhere.length > 0) {
    throw new Error(`not on loopback alone: ${elsewhere.join('; ') || 'a daemon listens nowhere'}`);
  }
}

function freePorts(count) {
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.on('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            // Held open a moment, so that two are never the same.
            setTimeout(() => server.close(() => resolve(port)), 50);
          });
        }),
    ),
  );
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}

/** @throws Error where it is not so after that many seconds */
export async function until(isSo, seconds, what = String(isSo)) {
  const end = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not so after ${seconds} s: ${what}`);
    await sleep(100);
  }
}
