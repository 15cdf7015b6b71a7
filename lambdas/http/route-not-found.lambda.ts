import { refusingFunction } from '../middleware/refusing-function.ts';

/** `$default` of the HTTP API, whose own 404 is not a problem document. */
export const handler = refusingFunction('route-not-found', 'route_not_found');
