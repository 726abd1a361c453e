/** An HTTP method. TRACE is not supported: it sends a request back as it arrived, including the gateway's token. */
export enum HttpMethod {
  /** Reads. */
  GET = "GET",
  /** Reads only the headers. */
  HEAD = "HEAD",
  /** Creates. */
  POST = "POST",
  /** Replaces. */
  PUT = "PUT",
  /** Changes a part. */
  PATCH = "PATCH",
  /** Removes. */
  DELETE = "DELETE",
  /** Asks what is allowed. An OPTIONS operation takes preflight requests from a `cors` policy. */
  OPTIONS = "OPTIONS",
}
