// idle-streams.mjs URL TOKEN-FILE N: opens N streams, waits, prints resident memory of the process that listens on the port of URL.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [address, tokenFile, count] = process.argv.slice(2);
const url = new URL(address);
const token = readFileSync(tokenFile, 'utf8').trim();
const pid = execFileSync('ss', ['-ltnpH', `sport = :${url.port}`], { encoding: 'utf8' }).match(/pid=(\d+)/)[1];
const resident = () => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
const collect = () => {
  try {
    execFileSync(`${process.env.JAVA_HOME ?? '/usr'}/bin/jcmd`, [pid, 'GC.run'], { stdio: 'ignore' });
  } catch {
    // memory is then what it is without a collection
  }
};
const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };
const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: { notifications: { toolsListChanged: true }, _meta: meta } });
const request = `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: subscriptions/listen\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const sockets = [];
const open = () =>
  new Promise(done => {
    const socket = connect(Number(url.port), url.hostname, () => socket.write(request));
    let head = '';
    const first = bytes => {
      head += bytes;
      if (!head.includes('acknowledged') && head.startsWith('HTTP/1.1 200')) return;
      socket.off('data', first);
      socket.resume();
      done(head.startsWith('HTTP/1.1 200'));
    };
    socket.on('data', first).on('error', () => done(false)).on('close', () => (socket.gone = true));
    sockets.push(socket);
  });

const before = resident();
let opened = 0;
while (sockets.length < Number(count)) {
  const batch = Array.from({ length: Math.min(100, Number(count) - sockets.length) }, open);
  opened += (await Promise.all(batch)).filter(Boolean).length;
}
const full = resident();
collect();
await new Promise(done => setTimeout(done, 20_000));
const alive = sockets.filter(socket => !socket.gone).length;
console.log(JSON.stringify({ asked: Number(count), opened, aliveAfter20s: alive, residentMiB: { before: Math.round(before), opened: Math.round(full), settled: Math.round(resident()) } }));
for (const socket of sockets) socket.destroy();
process.exit(alive === Number(count) ? 0 : 1);
