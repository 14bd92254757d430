/** In place of a shim that some packages bring along for React 17, and that can only be loaded with `require`. */
export { useSyncExternalStore } from "react";
