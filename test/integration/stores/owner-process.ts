import { startStores } from '../../../local/stores/start-stores.ts';

/** Starts a small run in the folder of its argument, tells its addresses, and stays until it is killed. */
const [dataDirectory = ''] = process.argv.slice(2);
const { nodes, stop: _stop, ...addresses } = await startStores({ dataDirectory, small: true });
console.log(JSON.stringify({ addresses, parts: await nodes.status() }));
