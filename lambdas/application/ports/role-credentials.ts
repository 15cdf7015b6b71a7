/** What a function's role signs with: temporary, and renewed now and then. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent only for a user's own long-lived keys. */
  readonly sessionToken: string | undefined;
}
