import { roundTrip } from "./_support/round_trip.ts";
import { testInSteps } from "./_support/steps.ts";
import { constraints } from "./zoo/constraints.ts";
import { keys } from "./zoo/keys.ts";
import { kinds } from "./zoo/kinds.ts";
import { names } from "./zoo/names.ts";
import { references } from "./zoo/references.ts";
import { triggers } from "./zoo/triggers.ts";
import { values } from "./zoo/values.ts";

// Whatever a table is like: afterwards every row is what it was, byte for byte, and an undo takes that back just as exactly.

testInSteps(
  "restore: references, keys and constraints come back",
  (t) => roundTrip(t, [...references, ...keys, ...constraints]),
);

testInSteps("restore: tables of every kind come back", (t) => roundTrip(t, [...kinds, ...triggers]));

testInSteps("restore: values and names of every kind come back", (t) => roundTrip(t, [...values, ...names]));
