// The official Inspector's command line, with the options of our other clients. It always lists before it calls.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readOptions } from './session.mjs';

const options = readOptions();
const launcher = join(
  process.env.MCPGUARD_RIG,
  'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
);
const asPair = ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`;

const words = [launcher, '--cli', ...(options.url ? [options.url, '--transport', 'http'] : options.command)];
for (const [name, value] of Object.entries(options.headers)) words.push('--header', `${name}: ${value}`);
words.push('--method', options.tool ? 'tools/call' : 'tools/list');
if (options.tool) words.push('--tool-name', options.tool);
for (const pair of Object.entries(options.args)) words.push('--tool-arg', asPair(pair));
for (const pair of Object.entries(options.meta ?? {})) words.push('--tool-metadata', asPair(pair));

const env = { ...process.env, MCP_CATALOG_PATH: join(process.env.MCPGUARD_RIG, 'inspector-catalog.json') };
const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: options.timeout });
let stdout = '';
let stderr = '';
child.stdout.on('data', bytes => (stdout += bytes));
child.stderr.on('data', bytes => (stderr += bytes));
child.on('close', (code, signal) => {
  const answer = parse(stdout);
  const said = { ok: code === 0, exit: code ?? signal };
  if (answer?.tools) said.tools = options.definitions ? answer.tools : answer.tools.map(tool => tool.name);
  else if (answer !== undefined) said.result = answer;
  else said.stdout = stdout;
  if (stderr) said.stderr = stderr;
  process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(code ?? 1));
});

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
