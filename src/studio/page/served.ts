/** The studio as the local server serves it. */
import { useBackend } from './backend/backend.ts';
import { servedBackend } from './backend/served-backend.ts';
import { openStudio } from './main.ts';

useBackend(servedBackend);
void openStudio();
