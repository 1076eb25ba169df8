/**
 * What the studio does before its map is whole: reads an export, has its embeddings, lays it out.
 *
 *   node bench/many/studio-start.mjs EXPORT
 */
import { nodePlatform } from '../../dist/platform/node/platform.js';
import { ownThreadAnalyser } from '../../dist/studio/service/analyser.js';
import { createEmbeddings } from '../../dist/studio/service/embeddings.js';
import { openLibrary } from '../../dist/studio/service/library.js';
import { itemOf } from '../../dist/studio/service/map-places.js';

const exportFolder = process.argv[2];
const site = { exportFolder, exportRoot: exportFolder, id: 'many', shown: exportFolder };
const library = await openLibrary({ platform: nodePlatform, watch: () => () => {} }, [site], () => {});
library.paletteText();
const analyser = ownThreadAnalyser(nodePlatform);
const embeddings = createEmbeddings(analyser);
const found = library.all();
await embeddings.complete(found, () => {}, new AbortController().signal);
await analyser.send('lay-out', { items: found.map((one) => itemOf(one, embeddings.of(one))) });
await library.close();
