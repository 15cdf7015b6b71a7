import * as z from 'zod/mini';
import {
  channelsResponseSchema,
  conversationSummarySchema,
  conversationsResponseSchema,
  createChannelBodySchema,
  findChannelsQuerySchema,
  membersQuerySchema,
  membersResponseSchema,
} from './conversations.ts';
import { healthResponseSchema } from './health.ts';
import { channelIdSchema, conversationIdSchema, userIdSchema } from './ids.ts';
import {
  historyQuerySchema,
  historyResponseSchema,
  moveReadMarkerBodySchema,
  postMessageBodySchema,
  postMessageResponseSchema,
} from './messages.ts';
import type { ProblemCode } from './problems.ts';
import {
  changePasswordBodySchema,
  ownProfileSchema,
  profileSchema,
  searchUsersQuerySchema,
  signInBodySchema,
  signUpBodySchema,
  updateProfileBodySchema,
  usersResponseSchema,
} from './users.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How often one caller may use a route: `count` requests in `seconds`, counted per `per`. */
export interface RateLimit {
  readonly per: 'user' | 'address' | 'login';
  readonly count: number;
  readonly seconds: number;
}

/** One route of the HTTP API; its name is also the name of the function that serves it. */
export interface RouteDeclaration {
  readonly method: Method;
  /** API Gateway's syntax: `{name}` is one path segment. */
  readonly path: `/api/${string}`;
  /** Served without a session. */
  readonly public: boolean;
  readonly params?: z.core.$ZodObject;
  readonly query?: z.core.$ZodType;
  readonly body?: z.core.$ZodType;
  readonly success: { readonly status: 200 | 201 | 202 | 204; readonly body?: z.core.$ZodType };
  /** The codes of this route's own; those of COMMON_PROBLEMS come on top. */
  readonly problems: readonly ProblemCode[];
  readonly rateLimits?: readonly RateLimit[];
}

const channelParams = z.object({ channelId: channelIdSchema });
const conversationParams = z.object({ conversationId: conversationIdSchema });
const userParams = z.object({ userId: userIdSchema });

export const ROUTES = {
  'sign-up': {
    method: 'POST',
    path: '/api/users',
    public: true,
    body: signUpBodySchema,
    success: { status: 201, body: ownProfileSchema },
    problems: ['user_id_taken', 'email_taken', 'identity_unavailable'],
    rateLimits: [{ per: 'address', count: 100, seconds: 3600 }],
  },
  'search-users': {
    method: 'GET',
    path: '/api/users',
    public: false,
    query: searchUsersQuerySchema,
    success: { status: 200, body: usersResponseSchema },
    problems: ['directory_unavailable'],
  },
  'read-user': {
    method: 'GET',
    path: '/api/users/{userId}',
    public: false,
    params: userParams,
    success: { status: 200, body: profileSchema },
    problems: ['user_not_found', 'identity_unavailable'],
  },
  'sign-in': {
    method: 'POST',
    path: '/api/session',
    public: true,
    body: signInBodySchema,
    success: { status: 201, body: ownProfileSchema },
    problems: ['invalid_credentials', 'identity_unavailable'],
    rateLimits: [
      { per: 'login', count: 10, seconds: 300 },
      { per: 'address', count: 100, seconds: 300 },
    ],
  },
  'sign-out': {
    method: 'DELETE',
    path: '/api/session',
    public: true,
    success: { status: 204 },
    problems: ['sessions_unavailable'],
  },
  'refresh-session': {
    method: 'POST',
    path: '/api/session/refresh',
    public: true,
    success: { status: 200, body: z.object({ sessionExpiresAt: z.string() }) },
    problems: ['refresh_refused', 'sessions_unavailable'],
    rateLimits: [{ per: 'address', count: 600, seconds: 300 }],
  },
  'read-own-profile': {
    method: 'GET',
    path: '/api/me',
    public: false,
    success: { status: 200, body: ownProfileSchema },
    problems: ['identity_unavailable'],
  },
  'update-own-profile': {
    method: 'PATCH',
    path: '/api/me',
    public: false,
    body: updateProfileBodySchema,
    success: { status: 200, body: ownProfileSchema },
    problems: ['identity_unavailable', 'directory_unavailable'],
  },
  'change-own-password': {
    method: 'PUT',
    path: '/api/me/password',
    public: false,
    body: changePasswordBodySchema,
    success: { status: 204 },
    problems: ['wrong_password', 'identity_unavailable', 'sessions_unavailable'],
    rateLimits: [{ per: 'user', count: 10, seconds: 300 }],
  },
  'list-conversations': {
    method: 'GET',
    path: '/api/conversations',
    public: false,
    success: { status: 200, body: conversationsResponseSchema },
    problems: ['membership_unavailable'],
  },
  'find-channels': {
    method: 'GET',
    path: '/api/channels',
    public: false,
    query: findChannelsQuerySchema,
    success: { status: 200, body: channelsResponseSchema },
    problems: ['directory_unavailable'],
  },
  'create-channel': {
    method: 'POST',
    path: '/api/channels',
    public: false,
    body: createChannelBodySchema,
    success: { status: 201, body: conversationSummarySchema },
    problems: ['channel_name_taken', 'directory_unavailable'],
    rateLimits: [{ per: 'user', count: 60, seconds: 3600 }],
  },
  'list-members': {
    method: 'GET',
    path: '/api/channels/{channelId}/members',
    public: false,
    params: channelParams,
    query: membersQuerySchema,
    success: { status: 200, body: membersResponseSchema },
    problems: ['channel_not_found', 'directory_unavailable'],
  },
  'join-channel': {
    method: 'PUT',
    path: '/api/channels/{channelId}/members/me',
    public: false,
    params: channelParams,
    success: { status: 200, body: conversationSummarySchema },
    problems: ['channel_not_found', 'directory_unavailable'],
  },
  'leave-channel': {
    method: 'DELETE',
    path: '/api/channels/{channelId}/members/me',
    public: false,
    params: channelParams,
    success: { status: 204 },
    problems: ['channel_not_found', 'channel_cannot_be_left', 'directory_unavailable'],
  },
  'open-direct-message': {
    method: 'PUT',
    path: '/api/direct-messages/{userId}',
    public: false,
    params: userParams,
    success: { status: 200, body: conversationSummarySchema },
    problems: ['user_not_found', 'directory_unavailable'],
  },
  'post-message': {
    method: 'POST',
    path: '/api/conversations/{conversationId}/messages',
    public: false,
    params: conversationParams,
    body: postMessageBodySchema,
    success: { status: 202, body: postMessageResponseSchema },
    problems: ['not_a_member', 'conversation_not_found', 'log_unavailable', 'membership_unavailable'],
    rateLimits: [{ per: 'user', count: 600, seconds: 10 }],
  },
  'read-history': {
    method: 'GET',
    path: '/api/conversations/{conversationId}/messages',
    public: false,
    params: conversationParams,
    query: historyQuerySchema,
    success: { status: 200, body: historyResponseSchema },
    problems: ['conversation_not_found', 'history_unavailable'],
  },
  'move-read-marker': {
    method: 'PUT',
    path: '/api/conversations/{conversationId}/read-marker',
    public: false,
    params: conversationParams,
    body: moveReadMarkerBodySchema,
    success: { status: 204 },
    problems: ['conversation_not_found', 'history_unavailable'],
  },
  'read-health': {
    method: 'GET',
    path: '/api/health',
    public: true,
    success: { status: 200, body: healthResponseSchema },
    problems: [],
  },
} as const satisfies Record<string, RouteDeclaration>;

export type RouteName = keyof typeof ROUTES;

export const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];

/** What any route may answer: what its declaration implies is not written down twice. */
export function commonProblems(route: RouteDeclaration): ProblemCode[] {
  return [
    'origin_refused',
    'internal_error',
    ...(route.public ? [] : (['session_required', 'session_expired'] as const)),
    ...(route.body ? (['malformed_json', 'body_too_large', 'unsupported_media_type'] as const) : []),
    ...(route.body || route.query || route.params ? (['validation_failed'] as const) : []),
    ...(route.rateLimits ? (['too_many_requests'] as const) : []),
  ];
}
