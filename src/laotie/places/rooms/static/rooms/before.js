// The page of a session to come: it opens by itself when the host goes on air.
import { follow } from "./follow.js";

follow((state, before) => {
  if (before && before.room.state !== state.room.state) location.reload();
});
