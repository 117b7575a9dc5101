// The matrix of clients, servers and transports; see `matrix`. A guard with the official servers behind it, each behind something that
// keeps every byte it got, and one process for each client and call.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const rig = dirname(fileURLToPath(import.meta.url));
const root = join(rig, '../../..');
const home = mkdtempSync(join(tmpdir(), 'matrix-'));
const short = process.argv.includes('--short');
const all = process.argv.includes('--all');
const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : undefined;
const launcher = process.env.MCPGUARD_COMMAND ?? join(root, 'mcp-guard/bin/mcp-guard');
const INTENT = JSON.stringify({ purpose: 'matrix', class: 'read' });
const children = [];
const pause = ms => new Promise(done => setTimeout(done, ms));
const freePort = () =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

// What each server offers a reader, and what it must not be asked by one. MARK is new for each call.
const data = join(home, 'data');
const SERVERS = {
  files: {
    title: 'filesystem', argv: ['filesystem', data],
    read: ['read_text_file', { path: join(data, 'a.txt') }],
    write: mark => ['write_file', { path: join(data, mark), content: mark }],
  },
  memory: {
    title: 'memory', argv: ['memory'],
    read: ['read_graph', {}],
    write: mark => ['delete_entities', { entityNames: [mark] }],
  },
  every: {
    title: 'everything', argv: ['everything'],
    read: ['echo', { message: 'hello' }],
    write: mark => ['get-structured-content', { location: 'New York', mark }],
  },
  everyhttp: {
    title: 'everything, HTTP', http: ['everything', 'streamableHttp'],
    read: ['echo', { message: 'hello' }],
    write: mark => ['get-structured-content', { location: 'New York', mark }],
  },
};

const CLIENTS = [
  { title: 'TypeScript SDK v2, pinned 2026-07-28', command: 'client-v2', mode: 'modern' },
  { title: 'TypeScript SDK v2, auto', command: 'client-v2', mode: 'auto' },
  { title: 'TypeScript SDK v2, legacy', command: 'client-v2', mode: 'legacy' },
  { title: 'TypeScript SDK v1', command: 'client-v1' },
  { title: 'Inspector CLI', command: 'inspector' },
  { title: 'MCP Java SDK', command: 'client-java' },
  { title: 'Python SDK, 2026-07-28', command: 'client-python', mode: 'modern' },
  { title: 'Python SDK, legacy', command: 'client-python', mode: 'legacy' },
];

const canonical = value =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(',')}]`
    : value && typeof value === 'object'
      ? `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
      : JSON.stringify(value);
const digest = tool => `sha256:${createHash('sha256').update(canonical(tool)).digest('hex')}`;

/** The definitions as a stdio server lists them. */
async function listed(argv) {
  const child = spawn(argv[0], argv.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] });
  const say = message => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'm', version: '1' } } });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const message = JSON.parse(line);
      if (message.id === 1) {
        say({ method: 'notifications/initialized' });
        say({ id: 2, method: 'tools/list', params: {} });
      } else if (message.id === 2) return message.result.tools;
    }
  } finally {
    child.kill();
  }
  throw new Error(`${argv} lists nothing`);
}

/** Hands every byte on and keeps it. */
async function recorder(to, file) {
  writeFileSync(file, '');
  const server = createServer(from => {
    const on = connect(to, '127.0.0.1');
    from.on('data', bytes => appendFileSync(file, bytes));
    from.pipe(on).pipe(from);
    for (const end of [from, on]) end.on('error', () => (from.destroy(), on.destroy()));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return server.address().port;
}

async function transport(name, server) {
  const record = join(home, `${name}.bytes`);
  if (!server.http) {
    writeFileSync(record, '');
    const argv = JSON.parse(execFileSync(join(rig, 'server'), ['--argv', server.argv[0]], { encoding: 'utf8' }));
    server.direct = [...argv, ...server.argv.slice(1)];
    return `{type: stdio, command: ${JSON.stringify(['/bin/bash', join(rig, 'recorded'), record, ...server.direct])}}`;
  }
  const argv = JSON.parse(execFileSync(join(rig, 'server'), ['--argv', server.http[0]], { encoding: 'utf8' }));
  server.direct = argv;
  const port = await freePort();
  children.push(spawn(argv[0], [...argv.slice(1), server.http[1]], { env: { ...process.env, PORT: port }, stdio: 'ignore' }));
  return `{type: http, url: "http://127.0.0.1:${await recorder(port, record)}/mcp"}`;
}

async function manifest(name, server) {
  const through = await transport(name, server);
  const denied = server.write('x')[0];
  const lines = (await listed(server.direct)).map(tool => {
    const level = tool.name === denied ? 'write' : 'read';
    const pinned = digest(tool);
    return `  ${JSON.stringify(tool.name)}: {class: ${level}, digest: "${pinned}", override: {class: ${level}, by: rig-approver, reason: "a rig", digest: "${pinned}"}}`;
  });
  writeFileSync(
    join(home, 'servers', `${name}.yaml`),
    `schema: 1\nserver: ${name}\nowner: rig\ncontact: rig@example.com\npurpose: matrix\ntransport: ${through}\nsensitivity: public\ndestination: internal\ntools:\n${lines.join('\n')}\n`,
  );
}

async function startGuard(names) {
  const port = await freePort();
  cpSync(join(root, 'policies'), join(home, 'policies'), { recursive: true });
  writeFileSync(
    join(home, 'mcp-guard.yaml'),
    `schema: 1\ninstance: guard\nfront: {listen: "127.0.0.1:${port}"}\ndevelopment-issuer: issuer\nagents: agents.yaml\nregistry: servers\npolicy: {folder: policies}\naudit: {folder: audit}\nintent-arguments: false\n`,
  );
  writeFileSync(
    join(home, 'agents.yaml'),
    `schema: 1\nagents:\n  - id: matrix\n    owner: rig\n    match: {issuer: "urn:mcp-guard:development-issuer", claims: {sub: matrix}}\n    ceiling: admin\n    sensitivity: restricted\n    review-by: 2099-01-01\n    default-purpose: connect\n    purposes: {matrix: {class: admin}, connect: {class: read, tools: [${names.map(name => `${name}/server`).join(', ')}]}}\n`,
  );
  const guard = spawn(launcher, ['serve', '--config', join(home, 'mcp-guard.yaml')], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(guard);
  let said = '';
  for (const stream of [guard.stdout, guard.stderr]) stream.on('data', bytes => (said += bytes));
  for (let turn = 0; !names.every(name => new RegExp(`of server \`${name}\` is served`).test(said)); turn++) {
    if (turn > 900 || guard.exitCode !== null) throw new Error(`the guard does not serve every server: ${said}`);
    await pause(100);
  }
  await pause(2000);
  const token = name => {
    const file = join(home, `${name}.token`);
    writeFileSync(
      file,
      execFileSync(launcher, ['token', '--config', join(home, 'mcp-guard.yaml'), '--agent', 'matrix', '--server', name, '--scope', 'mcp:read mcp:write'], { encoding: 'utf8' }).trim(),
    );
    return file;
  };
  return { port, tokens: Object.fromEntries(names.map(name => [name, token(name)])) };
}

/**
 * One word for the command: some clients take options of the server's command for their own. The MCP Java SDK 2.1.0 takes the end of
 * a server's standard error for the end of the server, so that it is left open for it.
 */
function stdioScript(client, name, guard) {
  const file = join(home, `stdio-${name}-${randomUUID().slice(0, 8)}`);
  const instance = file.slice(-8);
  writeFileSync(
    file,
    `#!/bin/sh\nexec "${launcher}" stdio --config "${join(home, 'mcp-guard.yaml')}" --server ${name} --token-file "${guard.tokens[name]}" --instance stdio-${instance}${client.command === 'client-java' ? '' : ` 2>>"${file}.log"`}\n`,
    { mode: 0o755 },
  );
  return file;
}

function run(client, name, guard, stdio, [tool, args]) {
  const options = ['--tool', tool, '--args', JSON.stringify(args), '--intent', INTENT];
  if (client.mode) options.push('--mode', client.mode);
  if (client.command.startsWith('client-v')) options.push('--timeout', '60000');
  const where = stdio
    ? ['--', stdioScript(client, name, guard)]
    : ['--url', `http://127.0.0.1:${guard.port}/mcp/${name}`, '--token-file', guard.tokens[name]];
  return new Promise(done =>
    execFile(join(rig, client.command), [...options, ...where], { timeout: 120_000 }, (error, stdout, stderr) =>
      done({ code: error ? (error.code ?? 1) : 0, said: stdout + stderr }),
    ),
  );
}

async function cell(client, name, guard, stdio) {
  const server = SERVERS[name];
  let permitted = await run(client, name, guard, stdio, server.read);
  // a guard on stdio starts its servers with itself; on a busy machine a client may ask before they have ended their handshake
  for (let turn = 0; turn < 3 && stdio && /-31009|tool_not_found/.test(permitted.said); turn++)
    permitted = await run(client, name, guard, stdio, server.read);
  if (permitted.code === 77) return 'not here';
  if (permitted.code !== 0) return `**permitted call failed** (${permitted.code}) ${permitted.said.slice(-300).replace(/\s+/g, ' ')}`;
  const mark = `mark-${randomUUID()}`;
  const refused = await run(client, name, guard, stdio, server.write(mark));
  const told = refused.said.includes('-31003') || refused.said.includes('beyond the declared intent');
  if (refused.code === 0 || !told) return `**not refused** (${refused.code}) ${refused.said.slice(-300).replace(/\s+/g, ' ')}`;
  const bytes = readFileSync(join(home, `${name}.bytes`), 'latin1');
  if (bytes.includes(mark)) return '**bytes reached the server**';
  return 'ok';
}

async function main() {
  mkdirSync(join(home, 'servers'));
  mkdirSync(data);
  writeFileSync(join(data, 'a.txt'), 'hello\n');
  const names = Object.keys(SERVERS);
  for (const name of names) await manifest(name, SERVERS[name]);
  const guard = await startGuard(names);
  const cells = [];
  const only = process.argv.includes('--client') ? process.argv[process.argv.indexOf('--client') + 1] : '';
  const clients = only ? CLIENTS.filter(({ title }) => title.startsWith(only)) : short ? CLIENTS.filter(({ mode }) => mode !== 'auto') : CLIENTS;
  for (const [at, client] of clients.entries())
    for (const [column, name] of names.entries())
      for (const stdio of [false, true]) {
        if (stdio && !all && name !== 'files') continue;
        if (short && (column !== (stdio ? 0 : (at + 1) % names.length) || stdio !== (at % 3 === 2))) continue;
        const result = await cell(client, name, guard, stdio);
        console.error(`${client.title} | ${SERVERS[name].title} | ${stdio ? 'stdio' : 'HTTP'} | ${result}`);
        cells.push({ client: client.title, server: SERVERS[name].title, through: stdio ? 'stdio' : 'HTTP', result });
      }
  report(clients, names, cells);
  return cells.every(({ result }) => result === 'ok' || result === 'not here') ? 0 : 1;
}

function report(clients, names, cells) {
  const columns = ['HTTP', 'stdio'].flatMap(through =>
    names.filter(name => through === 'HTTP' || all || name === 'files').map(name => [SERVERS[name].title, through]),
  );
  const row = client =>
    columns.map(([server, through]) => cells.find(each => each.client === client.title && each.server === server && each.through === through)?.result ?? '–');
  const table = [
    `| Client | ${columns.map(([server, through]) => `${server}, by ${through}`).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...clients.map(client => `| ${client.title} | ${row(client).join(' | ')} |`),
  ].join('\n');
  if (!out) return console.log(table);
  const before = existsSync(out) ? readFileSync(out, 'utf8') : '';
  const [start, end] = ['<!-- matrix -->', '<!-- end of matrix -->'].map(mark => before.indexOf(mark));
  if (start < 0 || end < 0) throw new Error(`\`${out}\` has no place marked for the matrix`);
  writeFileSync(out, `${before.slice(0, start)}<!-- matrix -->\nRun on ${new Date().toISOString().slice(0, 10)}.\n\n${table}\n${before.slice(end)}`);
}

let code = 1;
try {
  code = await main();
} catch (error) {
  console.error(error);
} finally {
  for (const child of children) child.kill('SIGTERM');
  await pause(500);
  if (!process.env.RIG_KEEP) rmSync(home, { recursive: true, force: true });
}
process.exit(code);
