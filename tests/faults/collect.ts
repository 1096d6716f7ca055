// Loaded into a hub before everything else: at SIGUSR2 it collects what nobody holds any more, so that what is left can be measured. Tests only.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => collect());
