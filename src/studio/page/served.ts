/** The studio as the local server serves it. */
import { useBackend } from './backend.ts';
import { openStudio } from './main.ts';
import { servedBackend } from './served-backend.ts';

useBackend(servedBackend);
void openStudio();
