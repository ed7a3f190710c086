/** When and where a channel was shown a paper. */
export interface Shown {
  /** The slot of the edition, an ISO 8601 instant. */
  slot: string;
  /** The platform's id of the edition's first message. */
  message: string;
}
