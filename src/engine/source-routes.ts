import type { PhaseId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { phasesOf, type Route } from './routes.ts';
import type { Plan } from './task.ts';

/** A source of a plan, what it was taken for, and the phases that it goes through. */
export interface SourceRoute extends Route {
  /** As shown to the user. */
  readonly source: string;
  readonly phases: readonly PhaseId[];
}

/** What the sources of a plan were taken for, by source; those that nobody routed are left out. */
export function sourceRoutes({ tasks, idle = [], request }: Plan): SourceRoute[] {
  return [...tasks, ...idle]
    .flatMap(({ source, route }) =>
      route
        ? [{ source, ...route, phases: [...phasesOf(route, request.phases, request.families ?? FAMILIES)] }]
        : [],
    )
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}
