import { ConflictResolution } from "../conflict-resolution";
import { PolicyDocument } from "../policy-document";
import { PolicySection } from "../statement";
import { forwardRequest } from "../statements/forward-request";

/** Constant, so that it is parsed once for all APIs. */
const STREAMED = forwardRequest({ bufferResponse: false });

/**
 * The document, which passes on each part of a response as it comes. Forwarding of the user's own stays: a statement, or the backend
 * section of a written document, unless the document says that statements replace it.
 *
 * @see https://learn.microsoft.com/azure/api-management/how-to-server-sent-events
 */
export function withStreaming(user: PolicyDocument): PolicyDocument {
  const hasOwn = user._statements.some(({ section }) => section === PolicySection.BACKEND);
  const keeps = user._isWritten && !user._resolves(ConflictResolution.REPLACE_FORWARDING);
  return hasOwn || keeps ? user : user.merge(PolicyDocument._of(STREAMED));
}
