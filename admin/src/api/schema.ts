// Written by `deno task console:types` from docs/api/openapi.json: do not edit.

export interface paths {
    "/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List backups, newest first unless sorted */
        get: operations["listBackups"];
        put?: never;
        /**
         * Ask for a backup
         * @description Queues it and answers at once; its row shows the progress. One runs at a time.
         */
        post: operations["createBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a backup
         * @description Queues it and answers at once; its row shows the progress. One runs at a time.
         */
        post: operations["createBackupAtPlannedPath"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/restores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List restores, newest first */
        get: operations["listRestores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/restores/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One restore, with its progress, preview and result */
        get: operations["getRestore"];
        put?: never;
        post?: never;
        /**
         * Give a preview up
         * @description Stops its staging, or removes what was staged. The restore stays listed, as discarded.
         */
        delete: operations["discardRestore"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/restores/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of a table that a previewed restore would change
         * @description All of them, beyond the preview's samples. Only as long as it waits to be applied.
         */
        get: operations["listRestoreRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/restores/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a restore back
         * @description Puts back exactly the rows that it changed. That is a restore too, with an id of its own, and can be undone in turn.
         */
        post: operations["undoRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/rescan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild the catalogue from the bucket
         * @description Queues it and answers at once. Archives that the catalogue does not know are listed again, with kind `imported`; `result` of the job says which, and in what else bucket and catalogue differ.
         */
        post: operations["rescanBucket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List jobs of the worker, newest first */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job, with its attempts and its result */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schedules, with their next and last run */
        get: operations["getSchedules"];
        /**
         * Change the schedules
         * @description What is absent stays as it is; what GET answered can be sent back.
         */
        put: operations["setSchedules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/retention/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What would be removed now, and why what stays does
         * @description By the rules as they are, or as they would be with what is named. Nothing is changed.
         */
        get: operations["previewRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which backups are kept */
        get: operations["getRetention"];
        /**
         * Change which backups are kept
         * @description Ask first what would go: `GET /backups/retention/preview`.
         */
        put: operations["setRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List notifications, newest first */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark notifications as read
         * @description For the caller only: others still find them unread.
         */
        post: operations["readNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/notifications/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a notification for a test
         * @description Through every channel that is configured; its `deliveries` in the list say what became of it.
         */
        post: operations["testNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is all well?
         * @description For an uptime monitor: the status says it, GET also says what is not. Each alarm is in docs/operations.md.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description Nothing in them is about a person or a row.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tables that a backup would hold now */
        get: operations["listTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys, and whether backups can be read here */
        get: operations["getKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is asking, and may they?
         * @description 403 for whoever may not use backups.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One backup, with its tables and validation report */
        get: operations["getBackup"];
        put?: never;
        /**
         * Restore tables at once, as the alumni frontend asks for it
         * @description The same as `POST /backups/{id}/restore` with `skip_preview` and mode `replace`.
         */
        post: operations["restoreTables"];
        /**
         * Delete a backup
         * @description First its objects in the bucket, then its row: it is gone when it is not listed any more.
         */
        delete: operations["deleteBackup"];
        options?: never;
        head?: never;
        /**
         * Pin a backup, or say something about it
         * @description What is absent stays as it is.
         */
        patch: operations["updateBackup"];
        trace?: never;
    };
    "/backups/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The decrypted archive, as a .sql.gz
         * @description `gunzip | psql -v ON_ERROR_STOP=1 -1` loads it into empty tables. Every part is checked before it is sent; should one be damaged on the way, the connection breaks instead of ending early.
         */
        get: operations["downloadBackup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/{id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The manifest and short-lived addresses of the encrypted parts
         * @description Joined in order after `age --decrypt`, the parts are one gzip stream of a script for psql.
         */
        get: operations["listParts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop the making of a backup, or a drill of it
         * @description A backup that was being made is then failed, with the code `cancelled`, and leaves no objects.
         */
        post: operations["cancelBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a drill: prove that a backup can be restored
         * @description Queues it and answers at once. Every part is fetched, decrypted, loaded into scratch tables and compared; `verification` of the backup then says how it ended.
         */
        post: operations["verifyBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a restore would change
         * @description Queues it and answers at once. Nothing is changed before it is applied with its `restore_id`.
         */
        post: operations["previewRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backups/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply what was previewed, or restore without a preview
         * @description With `restore_id`: exactly what that preview showed is applied, or nothing. With `skip_preview`: for operators who know what they want. Either way a safety backup of the touched tables is made first.
         */
        post: operations["startRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run the validation rules now
         * @description No backup is made. Every violation is counted; at most 100 per rule are shown.
         */
        get: operations["validate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/validate/last": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest report, without running anything
         * @description Of a backup, or of a run on its own; one over all tables goes before a later one over some.
         */
        get: operations["lastValidation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/validate/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules, and where each applies */
        get: operations["listRules"];
        put?: never;
        /**
         * Add a rule
         * @description `invalid_rule` names in `argument` the field that is wrong.
         */
        post: operations["addRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/validate/rules/{rule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a rule that somebody added
         * @description A built-in rule cannot be deleted (`invalid_rule`); switch it off.
         */
        delete: operations["deleteRule"];
        options?: never;
        head?: never;
        /**
         * Change a rule, or switch it off
         * @description What is absent stays as it is. Built-in rules keep their table, columns and kind, and so do others.
         */
        patch: operations["changeRule"];
        trace?: never;
    };
    "/backup-worker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wake the worker
         * @description It takes the jobs that wait. Answers at once, and works on after that.
         */
        post: operations["wakeWorker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Backup: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            created_at: string;
            /** Format: uuid */
            created_by: string | null;
            /** @description Who made it, as the alumni frontend shows it. */
            profiles: {
                first_name: string | null;
                last_name: string | null;
            } | null;
            filename: string | null;
            /** @description Bytes stored in the bucket. */
            file_size: number | null;
            tables: string[] | null;
            record_counts: {
                [key: string]: number;
            } | null;
            status: components["schemas"]["BackupStatus"];
            kind: components["schemas"]["BackupKind"];
            phase: string | null;
            progress: components["schemas"]["Progress"];
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            completed_at: string | null;
            duration_ms: number | null;
            error: components["schemas"]["BackupError"];
            notes: string | null;
            /** @description In a list without its tables. */
            validation_results: {
                /**
                 * @description Only errors fail.
                 * @enum {string}
                 */
                status?: "passed" | "warnings" | "failed";
                /**
                 * Format: date-time
                 * @example 2026-11-22T13:58:00.000Z
                 */
                started_at?: string;
                duration_ms?: number;
                /** @description Violations of rules of this severity, in all tables. */
                errors?: number;
                warnings?: number;
                tables?: components["schemas"]["TableReport"][];
            } | null;
            override_validation: boolean;
            override_reason: string | null;
            is_pinned: boolean;
            /**
             * Format: date-time
             * @description When a rescan found it; null: it was made here.
             * @example 2026-11-22T13:58:00.000Z
             */
            imported_at: string | null;
            /**
             * Format: date-time
             * @description When it last passed a drill, if no later one failed.
             * @example 2026-11-22T13:58:00.000Z
             */
            verified_at: string | null;
            verification: components["schemas"]["Verification"];
            /** @description Bytes of the rows before compression. */
            raw_size: number | null;
            /** @description Bytes of a download. */
            clear_size: number | null;
            row_count: number | null;
            part_count: number | null;
            format: number | null;
            manifest_sha256: string | null;
            snapshot?: unknown;
        };
        /** @enum {string} */
        BackupStatus: "queued" | "processing" | "completed" | "failed" | "blocked" | "deleting";
        /** @enum {string} */
        BackupKind: "manual" | "daily" | "weekly" | "safety" | "imported";
        Progress: {
            /** @description Of the estimated bytes; never goes back. */
            percent?: number;
            tables_done?: number;
            tables_total?: number;
            parts_done?: number;
            parts_total?: number;
            rows?: number;
            raw_bytes?: number;
            stored_bytes?: number;
            /** @description Of all parts, as they lie in the database. */
            estimated_bytes?: number;
            /** @description Of those that are stored. */
            estimated_done?: number;
        };
        BackupError: {
            code: string;
            message: string;
            hint?: string | null;
            details?: unknown;
        } | null;
        TableReport: {
            /** @example public.profiles */
            table: string;
            rows: number;
            /** @description Rows that break any rule about single rows. */
            invalid_rows: number;
            /** @enum {string} */
            status: "passed" | "warnings" | "failed" | "not_applicable";
            errors: number;
            warnings: number;
            rules: components["schemas"]["RuleResult"][];
            reason?: string;
        };
        RuleResult: {
            id: string;
            title: string;
            /** @enum {string} */
            severity: "error" | "warning";
            /** @enum {string} */
            status: "passed" | "failed" | "not_applicable";
            /** @description Exact, however short the sample. */
            violations: number;
            /** @description At most 100 violations. */
            sample: components["schemas"]["Finding"][];
            suggestion: string | null;
            /** @description Why it is not applicable, or could not be evaluated (then it has failed). */
            reason?: string;
        };
        Finding: {
            /** @description Key of the record; null: the table itself is at fault. */
            record_id: string | null;
            /** @description What a person calls the record. */
            label: string | null;
            column: string | null;
            /** @description The value, shortened. */
            value: string | null;
            message: string;
        };
        /** @description How its last drill ended. */
        Verification: {
            /**
             * @description failed: the archive does not give back what it took. error: it could not be tried.
             * @enum {string}
             */
            status: "passed" | "failed" | "error";
            /** Format: uuid */
            job_id: string;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            started_at: string;
            duration_ms: number;
            parts: number;
            rows: number;
            raw_bytes: number;
            /** @description Proven to hold in what was loaded. */
            foreign_keys: number;
            tables: {
                /** @example public.profiles */
                table: string;
                rows: number;
                expected_rows: number;
            }[];
            differences: components["schemas"]["Difference"][];
        } | null;
        Difference: {
            /** @example part_corrupt */
            kind: string;
            message: string;
            part?: string | null;
            /** @example public.profiles */
            table?: string | null;
        } & {
            [key: string]: unknown;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Stable; see docs/error-codes.md. */
            code: string;
            /** @description The same text as detail. */
            error: string;
            hint?: string;
            request_id: string;
        } & {
            [key: string]: unknown;
        };
        CreateBackup: {
            /**
             * @description Tables to back up, by default all of schema public. A bare name means public.
             * @example [
             *       "profiles",
             *       "events"
             *     ]
             */
            tables?: string[] | null;
            /**
             * @description For people.
             * @example before the import
             */
            notes?: string | null;
            /** @description Back up although validation finds errors. */
            override_validation?: boolean | null;
            /** @description Why; required with an override. */
            override_reason?: string | null;
        };
        BackupList: {
            backups: components["schemas"]["Backup"][];
            /** @description Backups that match, on all pages. */
            count: number;
            next_cursor: string | null;
        };
        RestoreList: {
            restores: (components["schemas"]["Restore"] & {
                preview?: {
                    totals: {
                        insert: number;
                        update: number;
                        delete: number;
                        unchanged: number;
                        kept: number;
                    };
                    cascades: components["schemas"]["Cascade"][];
                    orphans: components["schemas"]["Orphans"][];
                    violations: components["schemas"]["Violation"][];
                    privileges: {
                        added: {
                            profile_id: string;
                            role: string;
                        }[];
                        removed: {
                            profile_id: string;
                            role: string;
                        }[];
                    };
                    sequences: components["schemas"]["SequenceMove"][];
                    source: {
                        is_foreign: boolean;
                        system_identifier: string | null;
                        database: string | null;
                        /**
                         * Format: date-time
                         * @description As of when the rows of the backup are.
                         * @example 2026-11-22T13:58:00.000Z
                         */
                        taken_at: string | null;
                    };
                    new_tables: string[];
                    /** @description Nothing accepts these away. */
                    blocking: {
                        code: string;
                        /** @example public.profiles */
                        table: string;
                        message: string;
                    }[];
                    /** @description What must be accepted for it to be applied. */
                    needs: components["schemas"]["Consent"][];
                } | null;
            })[];
            /** @description Restores that match, on all pages. */
            count: number;
            next_cursor: string | null;
        };
        /** @enum {string} */
        RestoreMode: "replace" | "merge" | "undelete" | "undo";
        /** @enum {string} */
        RestoreStatus: "queued" | "staging" | "previewed" | "applying" | "completed" | "failed" | "discarded" | "expired";
        RestoreProgress: {
            /** @enum {string} */
            phase?: "staging" | "comparing" | "safety_backup" | "applying" | "reviewing";
            percent?: number;
            parts_done?: number;
            parts_total?: number;
            rows?: number;
            raw_bytes?: number;
            /** @example public.profiles */
            table?: string | null;
        };
        /** @description Rows of a table that was not chosen would lose their parent. */
        Cascade: {
            /** @example public.profiles */
            table: string;
            constraint: string;
            /** @example public.profiles */
            references: string;
            rows: number;
            /** @enum {string} */
            action: "delete" | "set null" | "none";
            sample?: {
                [key: string]: string | null;
            }[];
        };
        /** @description Rows to write whose parent is not there afterwards. */
        Orphans: {
            /** @example public.profiles */
            table: string;
            constraint: string;
            /** @example public.profiles */
            references: string;
            rows: number;
            sample?: {
                [key: string]: string | null;
            }[];
        };
        Violation: {
            /** @example public.profiles */
            table: string;
            constraint: string;
            /** @example foreign_key */
            kind: string;
            is_blocking: boolean;
            rows: number;
            sample?: {
                [key: string]: string | null;
            }[];
            message: string;
        };
        SequenceMove: {
            sequence: string;
            /** @example public.profiles */
            table: string | null;
            column: string | null;
            from: number | null;
            to: number;
        };
        /** @enum {string} */
        Consent: "accept_privilege_changes" | "accept_cascade" | "accept_foreign_source" | "skip_orphans";
        RestoreResult: {
            tables: {
                /** @example public.profiles */
                table: string;
                inserted: number;
                updated: number;
                deleted: number;
                /** @description Orphans that were left out. */
                skipped: number;
            }[];
            totals: {
                inserted: number;
                updated: number;
                deleted: number;
                skipped: number;
            };
            sequences: components["schemas"]["SequenceMove"][];
            /** @description From the request to the end. */
            duration_ms?: number;
            /** @description For how long writers of these tables had to wait. */
            locked_ms: number;
            /** @description The rules, run again on the result; null: nothing was touched. */
            validation?: {
                status: string;
                errors: number;
                warnings: number;
                new_errors: {
                    /** @example public.profiles */
                    table: string;
                    rule: string;
                    title: string;
                    before: number;
                    after: number;
                }[];
            } | {
                error?: unknown;
            } | null;
        } | null;
        Restore: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            backup_id: string | null;
            /**
             * Format: uuid
             * @description The restore that this one takes back.
             */
            undo_of: string | null;
            /** Format: uuid */
            undone_by: string | null;
            /**
             * Format: uuid
             * @description Of the touched tables, made before.
             */
            safety_backup_id: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            created_at: string;
            /** Format: uuid */
            created_by: string | null;
            profiles: {
                first_name: string | null;
                last_name: string | null;
            } | null;
            mode: components["schemas"]["RestoreMode"];
            tables: string[] | null;
            rows: {
                [key: string]: unknown[];
            } | null;
            with_children: boolean;
            skip_preview: boolean;
            accept_privilege_changes: boolean;
            accept_cascade: boolean;
            accept_foreign_source: boolean;
            skip_orphans: boolean;
            status: components["schemas"]["RestoreStatus"];
            /** @enum {string|null} */
            phase: "staging" | "comparing" | "safety_backup" | "applying" | "reviewing" | null;
            progress: components["schemas"]["RestoreProgress"];
            error: components["schemas"]["BackupError"];
            preview: components["schemas"]["Preview"];
            result: components["schemas"]["RestoreResult"];
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            previewed_at: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            applied_at: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            completed_at: string | null;
            /**
             * Format: date-time
             * @description When the preview, and what it staged, goes.
             * @example 2026-11-22T13:58:00.000Z
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            undo_until: string | null;
            can_undo: boolean;
        };
        Preview: {
            totals: {
                insert: number;
                update: number;
                delete: number;
                unchanged: number;
                kept: number;
            };
            tables: components["schemas"]["TablePreview"][];
            cascades: components["schemas"]["Cascade"][];
            orphans: components["schemas"]["Orphans"][];
            violations: components["schemas"]["Violation"][];
            privileges: {
                added: {
                    profile_id: string;
                    role: string;
                }[];
                removed: {
                    profile_id: string;
                    role: string;
                }[];
            };
            sequences: components["schemas"]["SequenceMove"][];
            source: {
                is_foreign: boolean;
                system_identifier: string | null;
                database: string | null;
                /**
                 * Format: date-time
                 * @description As of when the rows of the backup are.
                 * @example 2026-11-22T13:58:00.000Z
                 */
                taken_at: string | null;
            };
            new_tables: string[];
            /** @description Nothing accepts these away. */
            blocking: {
                code: string;
                /** @example public.profiles */
                table: string;
                message: string;
            }[];
            /** @description What must be accepted for it to be applied. */
            needs: components["schemas"]["Consent"][];
        } | null;
        TablePreview: {
            /** @example public.profiles */
            table: string;
            /**
             * @description related: for chosen rows. cascaded: not chosen, but rows of it lose their parent.
             * @enum {string}
             */
            role: "chosen" | "related" | "cascaded";
            /** @description Cannot be compared; its drift says why. */
            is_blocked: boolean;
            is_fetched: boolean;
            /** @description Proven without reading the backup. */
            is_unchanged: boolean;
            backup_rows: number | null;
            live_rows: number | null;
            /** @description Null: rows are compared as a multiset. */
            key: string[] | null;
            insert: number;
            update: number;
            delete: number;
            unchanged: number;
            /** @description Differs or is extra, and this mode leaves it as it is. */
            kept: number;
            /** @description Of updates: in how many rows each column changes. */
            columns: {
                column: string;
                rows: number;
            }[];
            /** @description At most 50. */
            sample: components["schemas"]["RowChange"][];
            drift: components["schemas"]["Drift"][];
        };
        RowChange: {
            /** @enum {string} */
            change: "insert" | "update" | "delete";
            /**
             * @example {
             *       "id": "7",
             *       "first_name": "Ada"
             *     }
             */
            key: {
                [key: string]: string | null;
            } | null;
            /** @description What a person calls the record. */
            label: string | null;
            /**
             * @example {
             *       "id": "7",
             *       "first_name": "Ada"
             *     }
             */
            before: {
                [key: string]: string | null;
            } | null;
            /**
             * @example {
             *       "id": "7",
             *       "first_name": "Ada"
             *     }
             */
            after: {
                [key: string]: string | null;
            } | null;
            /** @description Those that differ. */
            columns: string[];
            /** @description Its parent is not there: `skip_orphans` leaves it out. */
            is_orphan: boolean;
        };
        Drift: {
            /** @example column_gone */
            kind: string;
            column: string | null;
            message: string;
            is_blocking: boolean;
            /** @description The first rows that are in the way. */
            sample?: unknown[];
        };
        RestoreRows: {
            rows: (components["schemas"]["RowChange"] & {
                /** @description Somebody has written to the live row since the preview: `before` is not shown. */
                is_stale: boolean;
            })[];
            /** @description Changes that match, on all pages; null: a search that is not known to the end. */
            count: number | null;
            /** @description A search looks at 100000 changes at a time: there may be a next page behind an empty one. */
            next_cursor: string | null;
        };
        RequestedRestore: {
            restore: components["schemas"]["Restore"];
            /**
             * Format: uuid
             * @description The id once more.
             */
            restoreId: string;
        };
        UndoRestore: {
            /** @description Although somebody becomes an administrator or stops being one. */
            accept_privilege_changes?: boolean | null;
            /** @description Although rows of tables that were not chosen lose their parent. */
            accept_cascade?: boolean | null;
            /** @description Leave out rows whose parent is gone, and what depends on them. */
            skip_orphans?: boolean | null;
        };
        Job: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["JobKind"];
            status: components["schemas"]["JobStatus"];
            /** Format: uuid */
            backup_id: string | null;
            /** Format: uuid */
            restore_id: string | null;
            attempt_count: number;
            max_attempts: number;
            /**
             * Format: date-time
             * @description Not to be taken before.
             * @example 2026-11-22T13:58:00.000Z
             */
            run_after: string;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            finished_at: string | null;
            progress: {
                [key: string]: unknown;
            };
            /** @description What came of it; its shape goes with the kind. */
            result?: unknown;
            error: components["schemas"]["BackupError"] & unknown;
            attempts: components["schemas"]["JobAttempt"][];
        };
        /** @enum {string} */
        JobKind: "backup" | "purge" | "stage" | "apply" | "verify" | "rescan" | "deliver";
        /** @enum {string} */
        JobStatus: "queued" | "running" | "succeeded" | "failed" | "cancelled";
        JobAttempt: {
            attempt: number;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            started_at: string;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            ended_at: string | null;
            error: components["schemas"]["BackupError"] & unknown;
        };
        JobList: {
            jobs: components["schemas"]["Job"][];
            next_cursor: string | null;
        };
        Schedules: {
            daily: components["schemas"]["Schedule"];
            weekly: components["schemas"]["Schedule"];
        };
        Schedule: {
            /** @description What people call it; the note of its backups. */
            name: string;
            is_enabled: boolean;
            /**
             * @description Time of day in its time zone.
             * @example 03:00
             */
            time: string;
            /** @description 1 (Monday) to 7; null: daily. */
            weekday: number | null;
            /** @example Europe/Berlin */
            time_zone: string;
            /** @description Null: all of schema public. */
            tables: string[] | null;
            /** @description Of how many days (daily) or weeks (weekly) one backup each is kept. */
            keep: number;
            /** @description Back up although validation finds errors, instead of ending as blocked. */
            override_validation: boolean;
            override_reason: string | null;
            /**
             * Format: date-time
             * @description Null: it is not enabled.
             * @example 2026-11-22T13:58:00.000Z
             */
            next_run_at: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            last_run_at: string | null;
            /** @enum {string|null} */
            last_status: "queued" | "completed" | "blocked" | "failed" | null;
            /** Format: uuid */
            last_backup_id: string | null;
            last_error: components["schemas"]["BackupError"];
        };
        ChangeSchedules: {
            daily?: components["schemas"]["ChangeSchedule"];
            weekly?: components["schemas"]["ChangeSchedule"];
        };
        ChangeSchedule: {
            /** @description The two have names of their own. */
            name?: string;
            /** @description Whether it runs. */
            is_enabled?: boolean | null;
            /**
             * @description Time of day in the time zone.
             * @example 03:00
             */
            time?: string;
            /** @description 1 (Monday) to 7; of the weekly schedule only. */
            weekday?: number | null;
            /** @example Europe/Berlin */
            time_zone?: string;
            /** @description Null: all of schema public. A bare name means public. */
            tables?: string[] | null;
            /** @description Of how many days or weeks one backup each is kept. */
            keep?: number;
            /** @description Back up although validation finds errors. */
            override_validation?: boolean | null;
            /** @description Why; required with an override. */
            override_reason?: string | null;
            readonly next_run_at?: unknown;
            readonly last_run_at?: unknown;
            readonly last_status?: unknown;
            readonly last_backup_id?: unknown;
            readonly last_error?: unknown;
        };
        RetentionPreview: {
            rules: components["schemas"]["Retention"];
            keep: {
                /** Format: uuid */
                id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-22T13:58:00.000Z
                 */
                created_at: string;
                kind: components["schemas"]["BackupKind"];
                file_size: number | null;
                /**
                 * @example [
                 *       "last",
                 *       "daily"
                 *     ]
                 */
                reasons: string[];
            }[];
            remove: {
                /** Format: uuid */
                id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-22T13:58:00.000Z
                 */
                created_at: string;
                kind: components["schemas"]["BackupKind"];
                file_size: number | null;
                /** @example kept by no rule */
                reason: string;
            }[];
            totals: {
                kept: number;
                kept_bytes: number;
                removed: number;
                removed_bytes: number;
            };
        };
        Retention: {
            /** @description The newest so many are kept. */
            keep_last: number;
            /** @description Of so many days one each: `keep` of the daily schedule. */
            keep_daily: number;
            /** @description Of so many weeks one each: `keep` of the weekly schedule. */
            keep_weekly: number;
            /** @description Of so many months one each. */
            keep_monthly: number;
            /** @description Older ones go, although a rule above keeps them. */
            max_age_days: number | null;
            /** @description Beyond, the oldest go, although a rule above keeps them. */
            max_total_bytes: number | null;
        };
        /** @description What is absent stays as it is. */
        ChangeRetention: {
            /** @description The newest so many. */
            keep_last?: number;
            /** @description Of so many days one each: `keep` of the daily schedule. */
            keep_daily?: number;
            /** @description Of so many weeks one each: `keep` of the weekly schedule. */
            keep_weekly?: number;
            /** @description Of so many months one each; 0 for none. */
            keep_monthly?: number;
            /** @description Older ones go; null: never for their age. */
            max_age_days?: number | null;
            /** @description Beyond, the oldest go; null: however large. */
            max_total_bytes?: number | null;
        };
        NotificationList: components["schemas"]["UnreadCount"] & {
            notifications: components["schemas"]["Notification"][];
            next_cursor: string | null;
        };
        Notification: {
            id: number;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            created_at: string;
            /** @enum {string} */
            kind: "backup_completed" | "backup_failed" | "backup_blocked" | "backup_verified" | "drill_failed" | "restored" | "restore_failed" | "schedule_missed" | "schedule_failed" | "no_recent_backup" | "bucket_differs" | "bucket_rescanned" | "project_unconfirmed" | "test";
            /** @enum {string} */
            severity: "info" | "warning" | "error";
            /** @description One sentence for a person. */
            message: string;
            /** @description Ids and counts. */
            details: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When the caller read it.
             * @example 2026-11-22T13:58:00.000Z
             */
            read_at: string | null;
            /** @description By the channels that are configured. */
            deliveries: components["schemas"]["Delivery"][];
        };
        Delivery: {
            /** @enum {string} */
            channel: "webhook" | "email";
            /**
             * @description failed: tried again for a while.
             * @enum {string}
             */
            outcome: "sent" | "failed" | "refused";
            attempts: number;
            /**
             * Format: date-time
             * @description When it was tried last.
             * @example 2026-11-22T13:58:00.000Z
             */
            attempted_at: string;
            error: components["schemas"]["BackupError"];
        };
        UnreadCount: {
            /** @description Of the caller. */
            unread_count: number;
        };
        ReadNotifications: {
            /** @description By default all. */
            ids?: number[] | null;
        };
        NewNotification: {
            id: number;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            created_at: string;
            /** @enum {string} */
            kind: "backup_completed" | "backup_failed" | "backup_blocked" | "backup_verified" | "drill_failed" | "restored" | "restore_failed" | "schedule_missed" | "schedule_failed" | "no_recent_backup" | "bucket_differs" | "bucket_rescanned" | "project_unconfirmed" | "test";
            /** @enum {string} */
            severity: "info" | "warning" | "error";
            /** @description One sentence for a person. */
            message: string;
            /** @description Ids and counts. */
            details: {
                [key: string]: unknown;
            };
        };
        AuditList: {
            entries: components["schemas"]["AuditEntry"][];
            next_cursor: string | null;
        };
        AuditEntry: {
            id: number;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            occurred_at: string;
            /** Format: uuid */
            actor_id: string | null;
            /**
             * @description service: a secret key, or the worker. system: pg_cron, or SQL by hand.
             * @enum {string}
             */
            actor_kind: "person" | "service" | "system" | "nobody";
            /** @description E-mail or name of the key, as it was then. */
            actor_name: string | null;
            /** @description Who did it, by the name of today. */
            profiles: {
                first_name: string | null;
                last_name: string | null;
            } | null;
            /** @example create */
            action: string;
            /** @description Id of what it was done to. */
            target: string | null;
            /** @description What a person calls it, where it has a name. */
            target_label: string | null;
            outcome: components["schemas"]["AuditOutcome"];
            client_ip: string | null;
            user_agent: string | null;
            request_id: string | null;
            details: {
                [key: string]: unknown;
            };
        };
        /** @enum {string} */
        AuditOutcome: "succeeded" | "failed" | "denied" | "rate_limited";
        HealthReport: {
            status: components["schemas"]["HealthStatus"];
            checks: components["schemas"]["HealthCheck"][];
            /** @description The last good one. */
            last_backup: {
                /** Format: uuid */
                id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-22T13:58:00.000Z
                 */
                completed_at: string;
                age_seconds: number;
            } | null;
            /** @description The last that passed. */
            last_drill: {
                /** Format: uuid */
                backup_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-22T13:58:00.000Z
                 */
                verified_at: string;
                age_seconds: number;
            } | null;
            queue: {
                waiting: number;
                running: number;
                /** @description Of jobs that might run; 0: none waits. */
                oldest_waiting_seconds: number;
                /** @description Running jobs whose worker has gone silent. */
                lost: number;
            };
            schedules: {
                frequency: components["schemas"]["Frequency"];
                is_enabled: boolean;
                /**
                 * Format: date-time
                 * @description Null: it is not enabled.
                 * @example 2026-11-22T13:58:00.000Z
                 */
                next_run_at: string | null;
                /** @enum {string|null} */
                last_status: "queued" | "completed" | "blocked" | "failed" | null;
            }[];
            keys: {
                /** @description Backups can be encrypted. */
                recipients: boolean;
                /** @description Backups can be read: drills, restores, clear downloads. */
                identity: boolean;
            };
        };
        /**
         * @description failing when any check is.
         * @enum {string}
         */
        HealthStatus: "ok" | "failing";
        HealthCheck: {
            /**
             * @description recent_backup, recent_drill, queue, sweep, schedules, project, deliveries, bucket, keys.
             * @example recent_backup
             */
            name: string;
            status: components["schemas"]["HealthStatus"];
            message: string;
        };
        /** @enum {string} */
        Frequency: "daily" | "weekly";
        LiveTables: {
            tables: components["schemas"]["LiveTable"][];
        };
        LiveTable: {
            /** @example public.profiles */
            table: string;
            estimated_rows: number;
            /** @description Of the rows, without indexes. */
            bytes: number;
            key: string[] | null;
            columns: {
                name: string;
                /** @example character varying(200) */
                type: string;
                /**
                 * @description What the rules make of the type.
                 * @enum {string}
                 */
                family: "text" | "json" | "integer" | "number" | "date" | "timestamp" | "other";
            }[];
            /** @description Where its foreign keys lead; itself never. */
            references: string[];
            /** @description Tables of this list whose foreign keys lead here. */
            referenced_by: string[];
        };
        Keys: {
            /** @description What backups are encrypted to. */
            recipients: string[];
            /** @description The public halves of the identities that are configured. */
            identities: {
                /**
                 * @description A public key of age.
                 * @example age1…
                 */
                recipient: string;
            }[];
            /** @description Backups that are made now can be read here: one of the identities is of a recipient. */
            can_read: boolean;
            /** @description Tried with the newest completed backup; null: there is none, or it could not be fetched. */
            last_backup_readable: boolean | null;
        };
        Me: {
            /**
             * Format: uuid
             * @description Null: a secret key.
             */
            id: string | null;
            /** @enum {string} */
            kind: "person" | "service";
            /** @description Of the profile, or of the key. */
            name: string | null;
            email: string | null;
            roles: string[];
        };
        BackupDetails: components["schemas"]["Backup"] & {
            table_details: {
                /** @example public.profiles */
                table: string;
                rows: number;
                raw_bytes: number;
                stored_bytes: number;
                columns: {
                    [key: string]: unknown;
                }[];
                key: string[] | null;
                /** @description Where its foreign keys led; itself never. */
                references: string[];
                /** @description Tables of the backup whose foreign keys led here. */
                referenced_by: string[];
                parts: number;
            }[];
        };
        UpdateBackup: {
            /** @description Neither retention nor a person deletes it while it is pinned. */
            is_pinned?: boolean | null;
            /** @description For people; empty to remove them. */
            notes?: string | null;
        };
        SignedParts: {
            manifest?: unknown;
            parts: {
                name: string;
                path: string;
                /** @example public.profiles */
                table: string | null;
                rows: number;
                /** @description Bytes as stored. */
                bytes: number;
                /** @description Of the bytes as stored. */
                sha256: string;
                /**
                 * Format: uri
                 * @description Fetches the encrypted part, for a short time, without a credential.
                 */
                url: string;
            }[];
        };
        PreviewRestore: {
            /**
             * @description replace (the default): becomes what it was. merge: deletes nothing. undelete: only inserts.
             * @enum {string|null}
             */
            mode?: "replace" | "merge" | "undelete" | null;
            /**
             * @description Tables to restore, by default all of the backup. A bare name means public.
             * @example [
             *       "profiles"
             *     ]
             */
            tables?: string[] | null;
            /**
             * @description Rows to restore, by table and key. The key of several columns is an array in their order, or an object by name. At most 1000; rows outside the choice are never deleted.
             * @example {
             *       "public.profiles": [
             *         "9f8a6f52-6a0e-4d1f-8a43-0d6a3a0a7a55"
             *       ]
             *     }
             */
            rows?: {
                [key: string]: (string | number | boolean | (string | number | boolean)[] | {
                    [key: string]: string | number | boolean;
                })[];
            } | null;
            /** @description Of chosen rows also all that refers to them, as it was in the backup. */
            with_children?: boolean | null;
            /** @description Although somebody becomes an administrator or stops being one. */
            accept_privilege_changes?: boolean | null;
            /** @description Although rows of tables that were not chosen lose their parent. */
            accept_cascade?: boolean | null;
            /** @description Although the backup is of another project. */
            accept_foreign_source?: boolean | null;
            /** @description Leave out rows whose parent is gone, and what depends on them. */
            skip_orphans?: boolean | null;
        };
        StartRestore: {
            /**
             * Format: uuid
             * @description The restore whose preview is to be applied.
             */
            restore_id?: string | null;
            /** @description Restore at once, in place of a restore_id; everything else is then as in a preview. */
            skip_preview?: boolean | null;
            /**
             * @description replace (the default): becomes what it was. merge: deletes nothing. undelete: only inserts.
             * @enum {string|null}
             */
            mode?: "replace" | "merge" | "undelete" | null;
            /**
             * @description Tables to restore, by default all of the backup. A bare name means public.
             * @example [
             *       "profiles"
             *     ]
             */
            tables?: string[] | null;
            /**
             * @description Rows to restore, by table and key. The key of several columns is an array in their order, or an object by name. At most 1000; rows outside the choice are never deleted.
             * @example {
             *       "public.profiles": [
             *         "9f8a6f52-6a0e-4d1f-8a43-0d6a3a0a7a55"
             *       ]
             *     }
             */
            rows?: {
                [key: string]: (string | number | boolean | (string | number | boolean)[] | {
                    [key: string]: string | number | boolean;
                })[];
            } | null;
            /** @description Of chosen rows also all that refers to them, as it was in the backup. */
            with_children?: boolean | null;
            /** @description Although somebody becomes an administrator or stops being one. */
            accept_privilege_changes?: boolean | null;
            /** @description Although rows of tables that were not chosen lose their parent. */
            accept_cascade?: boolean | null;
            /** @description Although the backup is of another project. */
            accept_foreign_source?: boolean | null;
            /** @description Leave out rows whose parent is gone, and what depends on them. */
            skip_orphans?: boolean | null;
        };
        RestoreTables: {
            /**
             * @description Tables to restore, by default all of the backup. A bare name means public.
             * @example [
             *       "profiles"
             *     ]
             */
            tables?: string[] | null;
        };
        /** @description What the run before this one found in the same tables; null: there was none. */
        PreviousRun: {
            /** Format: uuid */
            run_id: string;
            /** Format: uuid */
            backup_id: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            started_at: string;
            /** @description Those that were applicable. */
            rules: {
                /** @example public.profiles */
                table: string;
                id: string;
                /** @enum {string} */
                status: "passed" | "failed";
                violations: number;
            }[];
        } | null;
        StoredReport: components["schemas"]["ValidationReport"] & {
            /** Format: uuid */
            run_id: string;
            /**
             * Format: uuid
             * @description Of which backup it was; null: of none.
             */
            backup_id: string | null;
            previous: components["schemas"]["PreviousRun"];
        };
        ValidationReport: {
            /**
             * @description Only errors fail.
             * @enum {string}
             */
            status: "passed" | "warnings" | "failed";
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            started_at: string;
            duration_ms: number;
            /** @description Violations of rules of this severity, in all tables. */
            errors: number;
            warnings: number;
            tables: components["schemas"]["TableReport"][];
        };
        RuleList: {
            rules: components["schemas"]["Rule"][];
        };
        Rule: {
            /** @example profiles_email_format */
            id: string;
            /**
             * @description `*`: a check of the structure of every table.
             * @example public.profiles
             */
            table_name: string;
            columns: string[];
            kind: components["schemas"]["RuleKind"];
            /** @description Those of its kind; see docs/rules.md. */
            parameters: {
                [key: string]: unknown;
            };
            severity: components["schemas"]["Severity"];
            title: string;
            /** @description {table}, {column} and {value} are filled in. */
            message: string;
            suggestion: string | null;
            is_enabled: boolean;
            /** @enum {string} */
            origin: "built_in" | "custom";
            /** @description A built-in rule that somebody has changed. */
            is_adjusted: boolean;
            /**
             * Format: date-time
             * @example 2026-11-22T13:58:00.000Z
             */
            updated_at: string;
            /** @description The tables that it finds now, enabled or not. */
            applies_to: string[];
            /** @description Why there are none. */
            reason: string | null;
        };
        /** @enum {string} */
        RuleKind: "required" | "email" | "date_order" | "positive" | "in_future" | "matches" | "max_length" | "one_of" | "expression" | "references" | "unique" | "foreign_keys" | "sequences" | "table_key";
        /**
         * @description error blocks a backup, warning is only reported.
         * @enum {string}
         */
        Severity: "error" | "warning";
        RuleDraft: {
            /** @description By default made of table, columns and kind. */
            id?: string | null;
            /**
             * @description A bare name means public.
             * @example profiles
             */
            table_name: string;
            columns: string[];
            kind: components["schemas"]["RuleKind"];
            severity?: components["schemas"]["Severity"] & (string | null);
            /** @description What is true when it holds. */
            title?: string | null;
            /** @description What is wrong with a record that breaks it. */
            message?: string | null;
            /** @description What to do about it; empty for nothing. */
            suggestion?: string | null;
            /** @description See docs/rules.md. */
            parameters?: {
                [key: string]: unknown;
            } | null;
        };
        ChangeRule: {
            /** @description Whether it is checked. */
            is_enabled?: boolean | null;
            severity?: components["schemas"]["Severity"] & (string | null);
            /** @description What is true when it holds. */
            title?: string | null;
            /** @description What is wrong with a record that breaks it. */
            message?: string | null;
            /** @description What to do about it; empty for nothing. */
            suggestion?: string | null;
            /** @description See docs/rules.md. */
            parameters?: {
                [key: string]: unknown;
            } | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listBackups: {
        parameters: {
            query?: {
                /** @description One or several, separated by commas. */
                status?: string;
                kind?: components["schemas"]["BackupKind"];
                /** @description Part of the notes, the file name or the id. */
                search?: string;
                /** @description Those without a value come last. A sorted list has no cursors: use `page`. */
                sort?: "created_at" | "file_size" | "row_count" | "duration_ms";
                /** @description By default desc. */
                order?: "asc" | "desc";
                limit?: number;
                /** @description `next_cursor` of the page before: steady while new ones come in. */
                cursor?: string;
                /** @description Number of the page, from 1. */
                page?: number;
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupList"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateBackup"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backup: components["schemas"]["Backup"];
                        /**
                         * Format: uuid
                         * @description The id once more.
                         */
                        backupId: string;
                    };
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_in_progress`: Another backup is in progress. `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_tables`: Some tables cannot be chosen. `override_reason_required`: An override needs a reason. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBackupAtPlannedPath: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateBackup"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backup: components["schemas"]["Backup"];
                        /**
                         * Format: uuid
                         * @description The id once more.
                         */
                        backupId: string;
                    };
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_in_progress`: Another backup is in progress. `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_tables`: Some tables cannot be chosen. `override_reason_required`: An override needs a reason. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRestores: {
        parameters: {
            query?: {
                status?: components["schemas"]["RestoreStatus"];
                backup_id?: string;
                limit?: number;
                /** @description `next_cursor` of the page before: steady while new ones come in. */
                cursor?: string;
                /** @description Number of the page, from 1. */
                page?: number;
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreList"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The restore. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        restore: components["schemas"]["Restore"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `restore_not_found`: No such restore. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discarded. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        restore: components["schemas"]["Restore"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `restore_not_found`: No such restore. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `restore_not_ready`: The restore is in another state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRestoreRows: {
        parameters: {
            query: {
                /** @description A table of the preview. */
                table: string;
                /** @description By default all. */
                change?: "insert" | "update" | "delete";
                /** @description Part of any value, before or after, in any case; or the key, of several columns with commas. */
                search?: string;
                limit?: number;
                /** @description `next_cursor` of the page before: steady while new ones come in. */
                cursor?: string;
                forceFunctionRegion?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreRows"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `restore_not_found`: No such restore. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `restore_not_ready`: The restore is in another state. `preview_stale`: The data is not what was previewed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UndoRestore"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedRestore"];
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `restore_not_found`: No such restore. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `undo_not_possible`: The restore cannot be undone. `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rescanBucket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: components["schemas"]["Job"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                status?: components["schemas"]["JobStatus"];
                kind?: components["schemas"]["JobKind"];
                limit?: number;
                /** @description `next_cursor` of the page before: steady while new ones come in. */
                cursor?: string;
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: components["schemas"]["Job"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `job_not_found`: No such job. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedules"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeSchedules"];
            };
        };
        responses: {
            /** @description As they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedules"];
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewRetention: {
        parameters: {
            query?: {
                keep_last?: number | null;
                keep_daily?: number | null;
                keep_weekly?: number | null;
                keep_monthly?: number | null;
                /** @description A number, or `none`. */
                max_age_days?: string;
                /** @description A number, or `none`. */
                max_total_bytes?: string;
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Backup by backup. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPreview"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        retention: components["schemas"]["Retention"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeRetention"];
            };
        };
        responses: {
            /** @description As they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        retention: components["schemas"]["Retention"];
                    };
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description Only those that the caller has not read. */
                unread?: "true" | "false";
                limit?: number;
                /** @description `next_cursor` of the page before: steady while new ones come in. */
                cursor?: string;
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationList"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReadNotifications"];
            };
        };
        responses: {
            /** @description How many are left. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadCount"];
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testNotification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notification: components["schemas"]["NewNotification"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                action?: string;
                /** @description Who did it. */
                actor_id?: string;
                /** @description Id of what it was done to. */
                target?: string;
                outcome?: components["schemas"]["AuditOutcome"];
                limit?: number;
                /** @description `next_cursor` of the page before: steady while new ones come in. */
                cursor?: string;
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some check is failing: the same report. Or `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the text exposition format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4; charset=utf-8": string;
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them; nothing was counted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveTables"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. `lock_timeout`: A table is locked. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Public keys only. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keys"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. `recipients_invalid`: An encryption key is malformed. `identity_invalid`: A decryption key is malformed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An administrator, or a secret key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBackup: {
        parameters: {
            query?: {
                /** @description Whether a download link is wanted, which is kept in the audit log. By default it is. */
                link?: "true" | "false";
                forceFunctionRegion?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backup: components["schemas"]["BackupDetails"];
                        /**
                         * Format: uri
                         * @description Streams the clear archive once, for a short time, without a credential. Only of a completed backup, only where an identity is configured, and not with `link=false`.
                         */
                        downloadUrl?: string;
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. `invalid_request`: The request is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreTables: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestoreTables"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedRestore"];
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_completed`: The backup is not completed. `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_id`: The id is not a UUID. `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Being deleted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backup: components["schemas"]["Backup"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_in_use`: The backup is in use. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateBackup"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backup: components["schemas"]["Backup"];
                    };
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_id`: The id is not a UUID. `invalid_argument`: A value is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadBackup: {
        parameters: {
            query?: {
                /** @description Of a `downloadUrl`: works once, for a short time, instead of a credential. */
                token?: string;
                forceFunctionRegion?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/gzip": string;
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_completed`: The backup is not completed. `identity_missing`: No decryption key is configured. `identity_mismatch`: No configured key can decrypt this backup. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `link_invalid`: The download link is not valid any more. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. `part_missing`: A part of the archive is missing. `part_corrupt`: A part of the archive is damaged. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: The storage does not answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listParts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedParts"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_completed`: The backup is not completed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: The storage does not answer. `storage_refused`: The storage refused the request. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancelled; the worker stops within seconds. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backup: components["schemas"]["Backup"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_cancellable`: There is nothing to cancel. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backup: components["schemas"]["Backup"];
                        job: components["schemas"]["Job"];
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_completed`: The backup is not completed. `identity_missing`: No decryption key is configured. `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_id`: The id is not a UUID. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. `identity_invalid`: A decryption key is malformed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreviewRestore"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedRestore"];
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_completed`: The backup is not completed. `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_id`: The id is not a UUID. `invalid_tables`: Some tables cannot be chosen. `invalid_rows`: Some rows cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartRestore"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedRestore"];
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `backup_not_found`: No such backup. `restore_not_found`: No such restore. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_completed`: The backup is not completed. `restore_not_ready`: The restore is in another state. `restore_blocked`: The restore is not possible. `privilege_changes_not_accepted`: The restore would change who is an administrator. `cascade_not_accepted`: Rows outside the restore would lose their parent. `foreign_source_not_accepted`: The backup is of another project. `orphans_not_accepted`: Rows of the backup have no parent any more. `project_unconfirmed`: This is a copy of another project's database. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_id`: The id is not a UUID. `invalid_tables`: Some tables cannot be chosen. `invalid_rows`: Some rows cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validate: {
        parameters: {
            query?: {
                /** @description Tables to check, separated by commas; by default all that a backup would hold. */
                tables?: string;
                format?: "json" | "csv";
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredReport"] & {
                        /** @description The same by table and record, as the alumni frontend reads it. */
                        validationResults: {
                            [key: string]: {
                                totalRecords: number;
                                validRecords: number;
                                invalidRecords: number;
                                errors: {
                                    id: string;
                                    name: string;
                                    errors: string[];
                                }[];
                            };
                        };
                    };
                    "text/csv": string;
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lastValidation: {
        parameters: {
            query?: {
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        report: components["schemas"]["StoredReport"] & unknown;
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRules: {
        parameters: {
            query?: {
                forceFunctionRegion?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by table and id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleList"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RuleDraft"];
            };
        };
        responses: {
            /** @description Added; it is checked from now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rule: components["schemas"]["Rule"];
                    };
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rule_exists`: There is a rule of this id. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. `invalid_rule`: A validation rule is not acceptable. `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rule_not_found`: No such rule. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_rule`: A validation rule is not acceptable. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeRule"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rule: components["schemas"]["Rule"];
                    };
                };
            };
            /** @description `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rule_not_found`: No such rule. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `invalid_argument`: A value is not acceptable. `invalid_rule`: A validation rule is not acceptable. `invalid_tables`: Some tables cannot be chosen. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wakeWorker: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Awake. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `unauthenticated`: A valid credential is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: The database does not answer. `database_busy`: The database is busy. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
