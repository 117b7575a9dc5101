// What the client scripts have in common: options, one listing, one call, one line of JSON, one exit code.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const EXIT = { done: 0, usage: 2, connect: 3, list: 4, refused: 5, toolError: 6 };

const OPTIONS = {
  url: { type: 'string' },
  mode: { type: 'string', default: 'auto' },
  'token-file': { type: 'string' },
  tool: { type: 'string' },
  args: { type: 'string', default: '{}' },
  meta: { type: 'string' },
  intent: { type: 'string' },
  elicit: { type: 'string' },
  'no-list': { type: 'boolean', default: false },
  definitions: { type: 'boolean', default: false },
  timeout: { type: 'string', default: '20000' },
};

const USAGE = `usage: CLIENT (--url URL | -- COMMAND ARGUMENT...) [--mode auto|modern|legacy] [--token-file FILE]
  [--tool NAME [--args JSON] [--intent JSON] [--meta JSON]] [--elicit JSON] [--no-list] [--definitions] [--timeout MS]`;

export function readOptions() {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    if (Boolean(values.url) === positionals.length > 0) throw new Error('give either --url or a command after --');
    const meta = values.meta ? JSON.parse(values.meta) : {};
    if (values.intent) meta['dev.mcpguard/intent'] = JSON.parse(values.intent);
    return {
      ...values,
      command: positionals,
      headers: values['token-file'] ? { Authorization: `Bearer ${readFileSync(values['token-file'], 'utf8').trim()}` } : {},
      args: JSON.parse(values.args),
      meta: Object.keys(meta).length > 0 ? meta : undefined,
      elicit: values.elicit ? JSON.parse(values.elicit) : undefined,
      timeout: Number(values.timeout),
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(EXIT.usage);
  }
}

const describe = error => ({
  name: error?.constructor?.name,
  code: error?.code,
  status: error?.data?.status ?? error?.status,
  message: String(error?.message ?? error),
  data: error?.data,
});

/** Every result field a client may add for the call of `tools/call`. */
export function callParams(options) {
  return { name: options.tool, arguments: options.args, ...(options.meta && { _meta: options.meta }) };
}

/** How the clients answer an elicitation, when --elicit says what the user fills in. */
export const elicitCapability = options => (options.elicit ? { elicitation: {} } : {});
export const acceptElicitation = options => async () => ({ action: 'accept', content: options.elicit });

/**
 * Connects, lists unless told not to, calls one tool if one is named, and ends the process.
 * @param session {connect(), version(), server(), list(cursor), call(), close()}
 */
export async function run(options, session) {
  const said = { ok: false };
  const end = async (code, error) => {
    if (error) said.error = describe(error);
    said.ok = code === EXIT.done;
    await session.close().catch(() => {});
    process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(code));
  };
  try {
    await session.connect();
    said.version = session.version();
    said.server = session.server();
  } catch (error) {
    return end(EXIT.connect, error);
  }
  try {
    if (!options['no-list']) {
      const tools = await listAll(session);
      said.tools = options.definitions ? tools : tools.map(tool => tool.name);
    }
  } catch (error) {
    return end(EXIT.list, error);
  }
  if (!options.tool) return end(EXIT.done);
  try {
    said.result = await session.call();
    return end(said.result.isError ? EXIT.toolError : EXIT.done);
  } catch (error) {
    return end(EXIT.refused, error);
  }
}

async function listAll(session) {
  const tools = [];
  let cursor;
  do {
    const page = await session.list(cursor);
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return tools;
}
