// Preloaded by rig.sh: bare imports of the rig's own modules resolve against the cache folder's node_modules,
// so that nothing fetched ever lies in the work tree.
import { registerHooks } from 'node:module';
import { join, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = pathToFileURL(dirname(fileURLToPath(import.meta.url)) + '/').href;
const cache = pathToFileURL(join(process.env.MCPGUARD_RIG, 'package.json')).href;

registerHooks({
  resolve(specifier, context, next) {
    const bare = !/^(\.|\/|node:|file:|data:)/.test(specifier);
    const ours = context.parentURL?.startsWith(here) && !context.parentURL.includes('/node_modules/');
    return next(specifier, bare && ours ? { ...context, parentURL: cache } : context);
  },
});
