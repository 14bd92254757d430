import { admit, audited } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { validationResults } from "../../_shared/frontend_compat.ts";
import type { Services } from "../../_shared/services.ts";
import { validateRoute } from "../../_shared/validate_route.ts";
import { reportToCsv } from "../report_csv.ts";

export function validateTables(app: App, { database, clock }: Services): void {
  app.openapi(validateRoute, async (context) => {
    const { caller, log } = context.var;
    const { tables, format } = context.req.valid("query");
    await admit(database, caller, { action: "validate" });
    const report = await audited(
      { database, log },
      caller,
      { action: "validate" },
      () => database.call("run_validation", { tables }, caller),
    );

    if (format === "csv") {
      const date = clock().toISOString().slice(0, 10);
      return context.body(reportToCsv(report), 200, {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="validation-${date}.csv"`,
        "cache-control": "no-store",
      });
    }
    return context.json({ ...report, validationResults: validationResults(report) }, 200);
  });
}
