/** The version of this API, on every answer and in its description; the first number is in the path. */
export const apiVersion = '1.0.0';
