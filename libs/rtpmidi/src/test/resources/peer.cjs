// A peer by the npm package rtpmidi, which knows nothing of ours. The package reads over recovery
// journals; the notes of those are taken in here.
//   node peer.cjs PACKAGE PORT [PORT_TO_INVITE]
// Takes lines "send STATUS DATA DATA" and "sounding"; tells "ready", "connected", "heard ...",
// "sounding [...]".
const [, , pkg, port, invite] = process.argv;
const logger = require(`${pkg}/src/logger`);
logger.silent = true;
const Session = require(`${pkg}/src/Session`);
const session = new Session(Number(port), 'node', 'node', undefined, false, 4);
const say = (...words) => process.stdout.write(`${words.join(' ')}\n`);

const sounding = new Set();
let last = -1;

function play(status, note, velocity) {
  if ((status & 0xe0) === 0x80) {
    const key = (status & 15) * 128 + note;
    if ((status & 0x10) && velocity > 0) sounding.add(key); else sounding.delete(key);
  }
}

function readNotes(bytes, at, channel) {
  const low = bytes[at + 1] >> 4;
  const high = bytes[at + 1] & 15;
  let logs = bytes[at] & 127;
  if (logs === 127 && low === 15 && high === 0) logs = 128;
  let next = at + 2;
  for (let i = 0; i < logs; i += 1, next += 2) {
    if (bytes[next + 1] & 128) play(0x90 | channel, bytes[next] & 127, bytes[next + 1] & 127);
  }
  for (let octet = low; octet <= high; octet += 1, next += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      if (bytes[next] & (128 >> bit)) play(0x80 | channel, octet * 8 + bit, 0);
    }
  }
}

function recover(bytes, start) {
  let at = start + 3;
  const channels = bytes[start] & 0x20 ? (bytes[start] & 15) + 1 : 0;
  for (let i = 0; i < channels; i += 1) {
    const length = ((bytes[at] & 3) << 8) | bytes[at + 1];
    const chapters = bytes[at + 2];
    let chapter = at + 3;
    if (chapters & 0x40) chapter += 1 + 2 * ((bytes[chapter] & 127) + 1);
    if (chapters & 0x08) readNotes(bytes, chapter, (bytes[at] >> 3) & 15);
    at += length;
  }
}

session.on('midi', (message) => {
  const ahead = last < 0 ? 1 : (message.sequenceNumber - last) & 0xffff;
  if (ahead === 0 || ahead > 0x8000) return;
  if (ahead > 1) recover(message.payload, message.journalOffset);
  last = message.sequenceNumber;
  message.commands.forEach(({ data }) => {
    play(...data);
    say('heard', ...data);
  });
});
session.on('streamAdded', () => say('connected'));
session.on('streamRemoved', () => say('disconnected'));
session.on('error', (error) => { say('error', error); process.exit(1); });
session.on('ready', () => {
  say('ready');
  if (invite) session.connect({ address: '127.0.0.1', port: Number(invite) });
});
session.start();

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, ...numbers] = line.split(' ');
  if (word === 'send') session.sendMessage(session.now(), numbers.map(Number));
  if (word === 'sounding') say('sounding', `[${[...sounding]}]`);
}).on('close', () => process.exit(0));
