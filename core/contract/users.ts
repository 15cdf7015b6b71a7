import * as z from 'zod/mini';
import { claimableUserIdSchema, emailIdSchema, userIdSchema } from './ids.ts';
import {
  AVATAR_URL_MAX_LENGTH,
  NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  SEARCH_QUERY_MAX_LENGTH,
  USERS_BY_ID_MAX,
} from './limits.ts';
import { codePoints, lineSchema } from './text.ts';

export const avatarUrlSchema = z
  .url({ protocol: /^https$/, error: 'must be an https:// address of a picture' })
  .check(z.maxLength(AVATAR_URL_MAX_LENGTH, `must have at most ${AVATAR_URL_MAX_LENGTH} characters`));

/** What a user may set: a picture's address, or `gravatar` for the one that belongs to the e-mail address. */
export const avatarChoiceSchema = z.union([z.literal('gravatar'), avatarUrlSchema], {
  error: 'must be an https:// address of a picture, or "gravatar"',
});

/** A password as it is set. Common ones are refused by the function; length counts code points; never truncated. */
export const newPasswordSchema = z.string().check(
  z.refine(
    (p) => codePoints(p) >= PASSWORD_MIN_LENGTH,
    `must have at least ${PASSWORD_MIN_LENGTH} characters`,
  ),
  z.refine(
    (p) => codePoints(p) <= PASSWORD_MAX_LENGTH,
    `must have at most ${PASSWORD_MAX_LENGTH} characters`,
  ),
);

/** A password as it is tried: anything that could have been set, so that a wrong one is a 401 and no 422. */
const triedPasswordSchema = z
  .string()
  .check(z.minLength(1, 'must not be empty'), z.maxLength(4 * PASSWORD_MAX_LENGTH));

const nameSchema = lineSchema(NAME_MAX_LENGTH);

/** What everybody signed in may see of a user. No e-mail address. */
export const profileSchema = z.object({
  userId: userIdSchema,
  firstName: z.string(),
  lastName: z.string(),
  avatar: z.optional(z.string()),
});

/** What a user sees of itself, and how long its session token is good for (ISO 8601). */
export const ownProfileSchema = z.extend(profileSchema, {
  emailId: z.string(),
  sessionExpiresAt: z.string(),
  /** Absent token: the session can't be refreshed (given while DynamoDB was away) and ends at `sessionExpiresAt`. */
  refreshable: z.boolean(),
});

export const signUpBodySchema = z.object({
  userId: claimableUserIdSchema,
  emailId: emailIdSchema,
  firstName: nameSchema,
  lastName: nameSchema,
  password: newPasswordSchema,
  avatar: z.optional(avatarChoiceSchema),
});

export const signInBodySchema = z.object({
  /** A user id or an e-mail address, any case. */
  login: lineSchema(254),
  password: triedPasswordSchema,
});

export const updateProfileBodySchema = z
  .object({
    firstName: z.optional(nameSchema),
    lastName: z.optional(nameSchema),
    /** null: back to the drawn initials. */
    avatar: z.optional(z.nullable(avatarChoiceSchema)),
  })
  .check(
    z.refine((body) => Object.values(body).some((value) => value !== undefined), {
      error: 'must change something: firstName, lastName or avatar',
    }),
  );

export const changePasswordBodySchema = z.object({
  currentPassword: triedPasswordSchema,
  newPassword: newPasswordSchema,
});

/** Either a search (`query`: beginning of a user id, first or last name) or a look-up (`ids`: comma-separated). */
export const searchUsersQuerySchema = z
  .object({
    query: z.optional(lineSchema(SEARCH_QUERY_MAX_LENGTH)),
    ids: z.optional(
      z.pipe(
        z.pipe(
          z.string(),
          z.transform((ids: string) => [...new Set(ids.split(','))]),
        ),
        z
          .array(userIdSchema)
          .check(z.maxLength(USERS_BY_ID_MAX, `must name at most ${USERS_BY_ID_MAX} users`)),
      ),
    ),
  })
  .check(
    z.refine((query) => (query.query === undefined) !== (query.ids === undefined), {
      error: 'must be given, or ids, but not both',
      path: ['query'],
    }),
  );

export const usersResponseSchema = z.object({ users: z.array(profileSchema) });

export type Profile = z.infer<typeof profileSchema>;
export type OwnProfile = z.infer<typeof ownProfileSchema>;
export type SignUpBody = z.infer<typeof signUpBodySchema>;
export type SignInBody = z.infer<typeof signInBodySchema>;
export type UpdateProfileBody = z.infer<typeof updateProfileBodySchema>;
export type ChangePasswordBody = z.infer<typeof changePasswordBodySchema>;
