
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "backup": {
          Tables: {
            "audit_log": {
                  Row: {
                    "action": string,"actor_id": string | null,"actor_kind": string,"actor_name": string | null,"audit_log_id": number,"client_ip": string | null,"details": NonNullable<Json>,"occurred_at": string,"outcome": string,"request_id": string | null,"target": string | null,"user_agent": string | null,"target_label": string | null
                  }
                  ComputedFields: "target_label"
                  Insert: {
                    "action": string,"actor_id"?: string | null,"actor_kind": string,"actor_name"?: string | null,"audit_log_id"?: never,"client_ip"?: string | null,"details"?: NonNullable<Json>,"occurred_at"?: string,"outcome": string,"request_id"?: string | null,"target"?: string | null,"user_agent"?: string | null
                  }
                  Update: {
                    "action"?: string,"actor_id"?: string | null,"actor_kind"?: string,"actor_name"?: string | null,"audit_log_id"?: never,"client_ip"?: string | null,"details"?: NonNullable<Json>,"occurred_at"?: string,"outcome"?: string,"request_id"?: string | null,"target"?: string | null,"user_agent"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"backup_parts": {
                  Row: {
                    "backup_id": string,"clear_bytes": number | null,"copy_query": string | null,"estimated_bytes": number,"name": string,"object_path": string,"ordinal": number,"prefix": string,"raw_bytes": number | null,"raw_sha256": string | null,"row_count": number | null,"slice": NonNullable<Json>,"stored_at": string | null,"stored_bytes": number | null,"stored_sha256": string | null,"suffix": string,"table_ordinal": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "backup_id": string,"clear_bytes"?: number | null,"copy_query"?: string | null,"estimated_bytes"?: number,"name": string,"object_path": string,"ordinal": number,"prefix": string,"raw_bytes"?: number | null,"raw_sha256"?: string | null,"row_count"?: number | null,"slice": NonNullable<Json>,"stored_at"?: string | null,"stored_bytes"?: number | null,"stored_sha256"?: string | null,"suffix": string,"table_ordinal"?: number | null
                  }
                  Update: {
                    "backup_id"?: string,"clear_bytes"?: number | null,"copy_query"?: string | null,"estimated_bytes"?: number,"name"?: string,"object_path"?: string,"ordinal"?: number,"prefix"?: string,"raw_bytes"?: number | null,"raw_sha256"?: string | null,"row_count"?: number | null,"slice"?: NonNullable<Json>,"stored_at"?: string | null,"stored_bytes"?: number | null,"stored_sha256"?: string | null,"suffix"?: string,"table_ordinal"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "backup_parts_table_fkey"
      columns: ["backup_id","table_ordinal"]
isOneToOne: false
      referencedRelation: "backup_tables"
      referencedColumns: ["backup_id","ordinal"]
    }
                  ]
                },"backup_tables": {
                  Row: {
                    "backup_id": string,"definition": NonNullable<Json>,"fingerprint": string,"ordinal": number,"raw_bytes": number,"row_count": number,"schema_name": string,"stored_bytes": number,"table_name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "backup_id": string,"definition": NonNullable<Json>,"fingerprint": string,"ordinal": number,"raw_bytes"?: number,"row_count"?: number,"schema_name": string,"stored_bytes"?: number,"table_name": string
                  }
                  Update: {
                    "backup_id"?: string,"definition"?: NonNullable<Json>,"fingerprint"?: string,"ordinal"?: number,"raw_bytes"?: number,"row_count"?: number,"schema_name"?: string,"stored_bytes"?: number,"table_name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"chores": {
                  Row: {
                    "chore": string,"last_error": string | null,"last_run_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "chore": string,"last_error"?: string | null,"last_run_at"?: string
                  }
                  Update: {
                    "chore"?: string,"last_error"?: string | null,"last_run_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"deliveries": {
                  Row: {
                    "attempt_count": number,"attempted_at": string,"channel": string,"error": Json | null,"notification_id": number,"outcome": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt_count"?: number,"attempted_at"?: string,"channel": string,"error"?: Json | null,"notification_id": number,"outcome": string
                  }
                  Update: {
                    "attempt_count"?: number,"attempted_at"?: string,"channel"?: string,"error"?: Json | null,"notification_id"?: number,"outcome"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "deliveries_notification_fkey"
      columns: ["notification_id"]
isOneToOne: false
      referencedRelation: "notifications"
      referencedColumns: ["notification_id"]
    }
                  ]
                },"download_links": {
                  Row: {
                    "backup_id": string,"claims": NonNullable<Json>,"expires_at": string,"issued_at": string,"token_sha256": string,"used_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "backup_id": string,"claims": NonNullable<Json>,"expires_at": string,"issued_at"?: string,"token_sha256": string,"used_at"?: string | null
                  }
                  Update: {
                    "backup_id"?: string,"claims"?: NonNullable<Json>,"expires_at"?: string,"issued_at"?: string,"token_sha256"?: string,"used_at"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"drilled_parts": {
                  Row: {
                    "difference": Json | null,"job_id": string,"ordinal": number,"row_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "difference"?: Json | null,"job_id": string,"ordinal": number,"row_count"?: number
                  }
                  Update: {
                    "difference"?: Json | null,"job_id"?: string,"ordinal"?: number,"row_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "drilled_parts_job_fkey"
      columns: ["job_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["job_id"]
    }
                  ]
                },"found_objects": {
                  Row: {
                    "attempt": number,"job_id": string,"path": string,"size": number
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt": number,"job_id": string,"path": string,"size": number
                  }
                  Update: {
                    "attempt"?: number,"job_id"?: string,"path"?: string,"size"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "found_objects_job_fkey"
      columns: ["job_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["job_id"]
    }
                  ]
                },"installation": {
                  Row: {
                    "bound_at": string,"database_oid": unknown,"is_only": boolean,"project_url": string | null,"stranger_url": string | null,"system_identifier": string
                  }
                  ComputedFields: never
                  Insert: {
                    "bound_at"?: string,"database_oid": unknown,"is_only"?: boolean,"project_url"?: string | null,"stranger_url"?: string | null,"system_identifier": string
                  }
                  Update: {
                    "bound_at"?: string,"database_oid"?: unknown,"is_only"?: boolean,"project_url"?: string | null,"stranger_url"?: string | null,"system_identifier"?: string
                  }
                  Relationships: [
                    
                  ]
                },"job_attempts": {
                  Row: {
                    "attempt": number,"ended_at": string | null,"error": Json | null,"job_id": string,"started_at": string,"worker_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt": number,"ended_at"?: string | null,"error"?: Json | null,"job_id": string,"started_at"?: string,"worker_id": string
                  }
                  Update: {
                    "attempt"?: number,"ended_at"?: string | null,"error"?: Json | null,"job_id"?: string,"started_at"?: string,"worker_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "job_attempts_job_fkey"
      columns: ["job_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["job_id"]
    }
                  ]
                },"jobs": {
                  Row: {
                    "attempt_count": number,"backup_id": string | null,"created_at": string,"created_by": string | null,"error": Json | null,"finished_at": string | null,"is_urgent": boolean,"job_id": string,"kind": string,"lease_expires_at": string | null,"max_attempts": number,"notification_id": number | null,"parameters": NonNullable<Json>,"progress": NonNullable<Json>,"restore_id": string | null,"result": Json | null,"run_after": string,"status": string,"worker_id": string | null,"attempt_began_at": string | null,"create_key_tables": undefined | null,"drill_differences": Json | null,"drilled_orphans": Json | null,"drilled_tables": {
              "expected": number,"label": string,"row_count": number
            } | null,"forget_rescan": undefined | null,"job_json": Json | null,"objects_seen": {
              "folder": string,"path": string,"size": number
            } | null,"worker_lost": Json | null
                  }
                  ComputedFields: "attempt_began_at" | "create_key_tables" | "drill_differences" | "drilled_orphans" | "drilled_tables" | "forget_rescan" | "job_json" | "objects_seen" | "worker_lost"
                  Insert: {
                    "attempt_count"?: number,"backup_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"finished_at"?: string | null,"is_urgent"?: boolean,"job_id"?: string,"kind": string,"lease_expires_at"?: string | null,"max_attempts"?: number,"notification_id"?: number | null,"parameters"?: NonNullable<Json>,"progress"?: NonNullable<Json>,"restore_id"?: string | null,"result"?: Json | null,"run_after"?: string,"status"?: string,"worker_id"?: string | null
                  }
                  Update: {
                    "attempt_count"?: number,"backup_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"finished_at"?: string | null,"is_urgent"?: boolean,"job_id"?: string,"kind"?: string,"lease_expires_at"?: string | null,"max_attempts"?: number,"notification_id"?: number | null,"parameters"?: NonNullable<Json>,"progress"?: NonNullable<Json>,"restore_id"?: string | null,"result"?: Json | null,"run_after"?: string,"status"?: string,"worker_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "jobs_notification_fkey"
      columns: ["notification_id"]
isOneToOne: false
      referencedRelation: "notifications"
      referencedColumns: ["notification_id"]
    },{
      foreignKeyName: "jobs_restore_fkey"
      columns: ["restore_id"]
isOneToOne: false
      referencedRelation: "restores"
      referencedColumns: ["restore_id"]
    }
                  ]
                },"notification_reads": {
                  Row: {
                    "notification_id": number,"read_at": string,"reader_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "notification_id": number,"read_at"?: string,"reader_id": string
                  }
                  Update: {
                    "notification_id"?: number,"read_at"?: string,"reader_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "notification_reads_notification_fkey"
      columns: ["notification_id"]
isOneToOne: false
      referencedRelation: "notifications"
      referencedColumns: ["notification_id"]
    }
                  ]
                },"notifications": {
                  Row: {
                    "created_at": string,"details": NonNullable<Json>,"kind": string,"message": string,"notification_id": number,"severity": string,"is_unread": boolean | null,"notification_json": Json | null
                  }
                  ComputedFields: "is_unread" | "notification_json"
                  Insert: {
                    "created_at"?: string,"details"?: NonNullable<Json>,"kind": string,"message": string,"notification_id"?: never,"severity": string
                  }
                  Update: {
                    "created_at"?: string,"details"?: NonNullable<Json>,"kind"?: string,"message"?: string,"notification_id"?: never,"severity"?: string
                  }
                  Relationships: [
                    
                  ]
                },"rate_limit_hits": {
                  Row: {
                    "action": string,"actor_id": string,"hit_at": string,"rate_limit_hit_id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"actor_id": string,"hit_at"?: string,"rate_limit_hit_id"?: never
                  }
                  Update: {
                    "action"?: string,"actor_id"?: string,"hit_at"?: string,"rate_limit_hit_id"?: never
                  }
                  Relationships: [
                    
                  ]
                },"rescan_findings": {
                  Row: {
                    "folder": string,"is_imported": boolean,"job_id": string,"reason": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "folder": string,"is_imported": boolean,"job_id": string,"reason"?: string | null
                  }
                  Update: {
                    "folder"?: string,"is_imported"?: boolean,"job_id"?: string,"reason"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "rescan_findings_job_fkey"
      columns: ["job_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["job_id"]
    }
                  ]
                },"restore_images": {
                  Row: {
                    "after_md5": string | null,"before": string | null,"key": string | null,"restore_id": string,"table_ordinal": number
                  }
                  ComputedFields: never
                  Insert: {
                    "after_md5"?: string | null,"before"?: string | null,"key"?: string | null,"restore_id": string,"table_ordinal": number
                  }
                  Update: {
                    "after_md5"?: string | null,"before"?: string | null,"key"?: string | null,"restore_id"?: string,"table_ordinal"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "restore_images_table_fkey"
      columns: ["restore_id","table_ordinal"]
isOneToOne: false
      referencedRelation: "restore_tables"
      referencedColumns: ["restore_id","ordinal"]
    }
                  ]
                },"restore_parts": {
                  Row: {
                    "ordinal": number,"restore_id": string,"staged_at": string | null,"table_ordinal": number
                  }
                  ComputedFields: never
                  Insert: {
                    "ordinal": number,"restore_id": string,"staged_at"?: string | null,"table_ordinal": number
                  }
                  Update: {
                    "ordinal"?: number,"restore_id"?: string,"staged_at"?: string | null,"table_ordinal"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "restore_parts_table_fkey"
      columns: ["restore_id","table_ordinal"]
isOneToOne: false
      referencedRelation: "restore_tables"
      referencedColumns: ["restore_id","ordinal"]
    }
                  ]
                },"restore_tables": {
                  Row: {
                    "backup_ordinal": number | null,"backup_rows": number | null,"changes": string | null,"columns": NonNullable<Json>,"delete_count": number,"drift": NonNullable<Json>,"fingerprint": string | null,"insert_count": number,"is_blocked": boolean,"is_text": boolean,"is_touched": boolean,"is_unchanged": boolean,"is_written": boolean,"kept_columns": (string)[],"kept_count": number,"key": (string)[] | null,"live_rows": number | null,"ordinal": number,"relation": unknown,"restore_id": string,"role": string,"satisfied": (string)[],"schema_name": string,"seen_snapshot": Json | null,"shared_columns": (string)[],"staged": string | null,"table_name": string,"update_count": number,"written_rows": number | null,"written_xid": string | null,"changed_columns": Json | null,"constraint_tests": {
              "is_violated": string,"kind": string,"message": string,"name": string
            } | null,"convert_staged": Json | null,"create_staged": undefined | null,"delete_changed": undefined | null,"is_key_in_doubt": boolean | null,"keep_columns": string | null,"keep_new_images": undefined | null,"keep_old_images": undefined | null,"label": string | null,"new_rows": string | null,"note_seen": undefined | null,"row_violations": Json | null,"search_expression": string | null,"staged_join": string | null,"unchanged_count": number | null,"unlink_changed": undefined | null,"written_counts": Json | null
                  }
                  ComputedFields: "changed_columns" | "constraint_tests" | "convert_staged" | "create_staged" | "delete_changed" | "is_key_in_doubt" | "keep_columns" | "keep_new_images" | "keep_old_images" | "label" | "new_rows" | "note_seen" | "row_violations" | "search_expression" | "staged_join" | "unchanged_count" | "unlink_changed" | "written_counts"
                  Insert: {
                    "backup_ordinal"?: number | null,"backup_rows"?: number | null,"changes"?: string | null,"columns"?: NonNullable<Json>,"delete_count"?: number,"drift"?: NonNullable<Json>,"fingerprint"?: string | null,"insert_count"?: number,"is_blocked"?: boolean,"is_text"?: boolean,"is_touched"?: never,"is_unchanged"?: boolean,"is_written"?: never,"kept_columns"?: (string)[],"kept_count"?: number,"key"?: (string)[] | null,"live_rows"?: number | null,"ordinal": number,"relation"?: unknown,"restore_id": string,"role": string,"satisfied"?: (string)[],"schema_name": string,"seen_snapshot"?: Json | null,"shared_columns"?: (string)[],"staged"?: string | null,"table_name": string,"update_count"?: number,"written_rows"?: number | null,"written_xid"?: string | null
                  }
                  Update: {
                    "backup_ordinal"?: number | null,"backup_rows"?: number | null,"changes"?: string | null,"columns"?: NonNullable<Json>,"delete_count"?: number,"drift"?: NonNullable<Json>,"fingerprint"?: string | null,"insert_count"?: number,"is_blocked"?: boolean,"is_text"?: boolean,"is_touched"?: never,"is_unchanged"?: boolean,"is_written"?: never,"kept_columns"?: (string)[],"kept_count"?: number,"key"?: (string)[] | null,"live_rows"?: number | null,"ordinal"?: number,"relation"?: unknown,"restore_id"?: string,"role"?: string,"satisfied"?: (string)[],"schema_name"?: string,"seen_snapshot"?: Json | null,"shared_columns"?: (string)[],"staged"?: string | null,"table_name"?: string,"update_count"?: number,"written_rows"?: number | null,"written_xid"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "restore_tables_restore_fkey"
      columns: ["restore_id"]
isOneToOne: false
      referencedRelation: "restores"
      referencedColumns: ["restore_id"]
    }
                  ]
                },"restores": {
                  Row: {
                    "accept_cascade": boolean,"accept_foreign_source": boolean,"accept_privilege_changes": boolean,"applied_at": string | null,"asked_by": string | null,"backup_id": string | null,"completed_at": string | null,"created_at": string,"created_by": string | null,"error": Json | null,"expires_at": string | null,"mode": string,"phase": string | null,"preview": Json | null,"previewed_at": string | null,"requested_rows": Json | null,"requested_tables": (string)[] | null,"restore_id": string,"result": Json | null,"safety_backup_id": string | null,"skip_orphans": boolean,"skip_preview": boolean,"staging_prefix": string | null,"status": string,"undo_of": string | null,"undo_until": string | null,"with_children": boolean,"asker_is_admin": boolean | null,"assert_acceptable": undefined | null,"assert_previewed": undefined | null,"assert_staged": undefined | null,"compare_tables": Json | null,"list_restore_tables": undefined | null,"lock_for_apply": undefined | null,"mark_orphans": Json | null,"pick_rows": undefined | null,"preview_source": Json | null,"prove_deferrable": undefined | null,"prove_partition_references": undefined | null,"prove_references": undefined | null,"refresh_changes": boolean | null,"restore_json": Json | null,"review_restore": Json | null,"sequence_moves": Json | null,"settle_types": undefined | null,"stage_images": undefined | null,"unaccepted": Json | null,"write_changes": Json | null
                  }
                  ComputedFields: "asker_is_admin" | "assert_acceptable" | "assert_previewed" | "assert_staged" | "compare_tables" | "list_restore_tables" | "lock_for_apply" | "mark_orphans" | "pick_rows" | "preview_source" | "prove_deferrable" | "prove_partition_references" | "prove_references" | "refresh_changes" | "restore_json" | "review_restore" | "sequence_moves" | "settle_types" | "stage_images" | "unaccepted" | "write_changes"
                  Insert: {
                    "accept_cascade"?: boolean,"accept_foreign_source"?: boolean,"accept_privilege_changes"?: boolean,"applied_at"?: string | null,"asked_by"?: string | null,"backup_id"?: string | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"expires_at"?: string | null,"mode": string,"phase"?: string | null,"preview"?: Json | null,"previewed_at"?: string | null,"requested_rows"?: Json | null,"requested_tables"?: (string)[] | null,"restore_id"?: string,"result"?: Json | null,"safety_backup_id"?: string | null,"skip_orphans"?: boolean,"skip_preview"?: boolean,"staging_prefix"?: string | null,"status"?: string,"undo_of"?: string | null,"undo_until"?: string | null,"with_children"?: boolean
                  }
                  Update: {
                    "accept_cascade"?: boolean,"accept_foreign_source"?: boolean,"accept_privilege_changes"?: boolean,"applied_at"?: string | null,"asked_by"?: string | null,"backup_id"?: string | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"expires_at"?: string | null,"mode"?: string,"phase"?: string | null,"preview"?: Json | null,"previewed_at"?: string | null,"requested_rows"?: Json | null,"requested_tables"?: (string)[] | null,"restore_id"?: string,"result"?: Json | null,"safety_backup_id"?: string | null,"skip_orphans"?: boolean,"skip_preview"?: boolean,"staging_prefix"?: string | null,"status"?: string,"undo_of"?: string | null,"undo_until"?: string | null,"with_children"?: boolean
                  }
                  Relationships: [
                    {
      foreignKeyName: "restores_undo_of_fkey"
      columns: ["undo_of"]
isOneToOne: false
      referencedRelation: "restores"
      referencedColumns: ["restore_id"]
    }
                  ]
                },"rule_column_names": {
                  Row: {
                    "alternative": (string)[],"columns": (string)[],"preference": number,"table_name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "alternative": (string)[],"columns": (string)[],"preference": number,"table_name": string
                  }
                  Update: {
                    "alternative"?: (string)[],"columns"?: (string)[],"preference"?: number,"table_name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"rule_table_names": {
                  Row: {
                    "alternative": string,"table_name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "alternative": string,"table_name": string
                  }
                  Update: {
                    "alternative"?: string,"table_name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"rules": {
                  Row: {
                    "columns": (string)[],"id": string,"is_adjusted": boolean,"is_enabled": boolean,"kind": string,"message": string,"origin": string,"parameters": NonNullable<Json>,"severity": string,"suggestion": string | null,"table_name": string,"title": string,"updated_at": string,"assert_pattern": undefined | null,"assert_rule_fits": undefined | null,"store_rule": undefined | null
                  }
                  ComputedFields: "assert_pattern" | "assert_rule_fits" | "store_rule"
                  Insert: {
                    "columns"?: (string)[],"id": string,"is_adjusted"?: boolean,"is_enabled"?: boolean,"kind": string,"message": string,"origin"?: string,"parameters"?: NonNullable<Json>,"severity"?: string,"suggestion"?: string | null,"table_name": string,"title": string,"updated_at"?: string
                  }
                  Update: {
                    "columns"?: (string)[],"id"?: string,"is_adjusted"?: boolean,"is_enabled"?: boolean,"kind"?: string,"message"?: string,"origin"?: string,"parameters"?: NonNullable<Json>,"severity"?: string,"suggestion"?: string | null,"table_name"?: string,"title"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"schedules": {
                  Row: {
                    "frequency": string,"is_enabled": boolean,"keep": number,"last_backup_id": string | null,"last_error": Json | null,"last_run_at": string | null,"last_status": string | null,"name": string,"next_run_at": string | null,"override_reason": string | null,"override_validation": boolean,"tables": (string)[] | null,"time_of_day": string,"time_zone": string,"weekday": number | null,"run_schedule": undefined | null,"schedule_json": Json | null
                  }
                  ComputedFields: "run_schedule" | "schedule_json"
                  Insert: {
                    "frequency": string,"is_enabled"?: boolean,"keep": number,"last_backup_id"?: string | null,"last_error"?: Json | null,"last_run_at"?: string | null,"last_status"?: string | null,"name": string,"next_run_at"?: string | null,"override_reason"?: string | null,"override_validation"?: boolean,"tables"?: (string)[] | null,"time_of_day"?: string,"time_zone"?: string,"weekday"?: number | null
                  }
                  Update: {
                    "frequency"?: string,"is_enabled"?: boolean,"keep"?: number,"last_backup_id"?: string | null,"last_error"?: Json | null,"last_run_at"?: string | null,"last_status"?: string | null,"name"?: string,"next_run_at"?: string | null,"override_reason"?: string | null,"override_validation"?: boolean,"tables"?: (string)[] | null,"time_of_day"?: string,"time_zone"?: string,"weekday"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"settings": {
                  Row: {
                    "description": string,"key": string,"updated_at": string,"value": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "description": string,"key": string,"updated_at"?: string,"value": NonNullable<Json>
                  }
                  Update: {
                    "description"?: string,"key"?: string,"updated_at"?: string,"value"?: NonNullable<Json>
                  }
                  Relationships: [
                    
                  ]
                },"validation_findings": {
                  Row: {
                    "column_name": string | null,"label": string | null,"message": string,"ordinal": number,"record_id": string | null,"rule_id": string,"run_id": string,"severity": string,"suggestion": string | null,"table_name": string,"value": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "column_name"?: string | null,"label"?: string | null,"message": string,"ordinal": number,"record_id"?: string | null,"rule_id": string,"run_id": string,"severity": string,"suggestion"?: string | null,"table_name": string,"value"?: string | null
                  }
                  Update: {
                    "column_name"?: string | null,"label"?: string | null,"message"?: string,"ordinal"?: number,"record_id"?: string | null,"rule_id"?: string,"run_id"?: string,"severity"?: string,"suggestion"?: string | null,"table_name"?: string,"value"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "validation_findings_run_fkey"
      columns: ["run_id"]
isOneToOne: false
      referencedRelation: "validation_runs"
      referencedColumns: ["id"]
    }
                  ]
                },"validation_runs": {
                  Row: {
                    "backup_id": string | null,"created_at": string,"duration_ms": number,"error_count": number,"id": string,"report": NonNullable<Json>,"requested_by": string | null,"row_count": number,"started_at": string,"status": string,"tables": (string)[],"warning_count": number,"stored_report": Json | null
                  }
                  ComputedFields: "stored_report"
                  Insert: {
                    "backup_id"?: string | null,"created_at"?: string,"duration_ms": number,"error_count": number,"id"?: string,"report": NonNullable<Json>,"requested_by"?: string | null,"row_count": number,"started_at": string,"status": string,"tables"?: never,"warning_count": number
                  }
                  Update: {
                    "backup_id"?: string | null,"created_at"?: string,"duration_ms"?: number,"error_count"?: number,"id"?: string,"report"?: NonNullable<Json>,"requested_by"?: string | null,"row_count"?: number,"started_at"?: string,"status"?: string,"tables"?: never,"warning_count"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "abandon_drill":
{ Args: { "ended": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"error": Json }; Returns: undefined
                           },
"abandon_rescan":
{ Args: { "ended": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"error": Json }; Returns: undefined
                           },
"abandon_restore":
{ Args: { "error": Json,"restore_id": string }; Returns: undefined
                           },
"absence_reason":
{ Args: { "table_name": string }; Returns: string
                           },
"absent_table_report":
{ Args: { "name": string }; Returns: Json
                           },
"absent_tables":
{ Args: { "tables": (string)[] }; Returns: (string)[]
                           },
"actor_id":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"add_cascade":
{ Args: { "changes": string,"losing": string,"unlinking": string }; Returns: undefined
                           },
"add_location":
{ Args: { "location": unknown,"locations": string,"relation": unknown }; Returns: string
                           },
"add_rule":
{ Args: { "columns": (string)[],"id"?: string,"kind": string,"message"?: string,"parameters"?: Json,"severity"?: string,"suggestion"?: string,"table_name": string,"title"?: string }; Returns: Json
                           },
"admit":
{ Args: { "action": string,"target"?: string }; Returns: Json
                           },
"all_changes":
{ Args: { "restore_id": string }; Returns: string
                           },
"apply_restore":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"apply_retention":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"archived_collation":
{ Args: { "collation_name": string,"type": string }; Returns: string
                           },
"archived_columns":
{ Args: { "definition": Json }; Returns: {
              "declaration": string,"name": string,"position": number
            }[]
                           },
"archived_type":
{ Args: { "type": string }; Returns: string
                           },
"asker_is_admin":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: boolean
                           },
"assert_acceptable":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"assert_admin":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"assert_archive_is_whole":
{ Args: { "backup_id": string }; Returns: undefined
                           },
"assert_mode":
{ Args: { "mode": string }; Returns: undefined
                           },
"assert_pattern":
{ Args: { "rule": Omit<Database["backup"]['Tables']["rules"]['Row'], Database["backup"]['Tables']["rules"]['ComputedFields']> }; Returns: undefined
                           },
"assert_previewed":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"assert_project":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"assert_restorable":
{ Args: { "backup_id": string,"tables": (string)[] }; Returns: undefined
                           },
"assert_retention":
{ Args: { "rules": Json }; Returns: undefined
                           },
"assert_rule_fits":
{ Args: { "rule": Omit<Database["backup"]['Tables']["rules"]['Row'], Database["backup"]['Tables']["rules"]['ComputedFields']> }; Returns: undefined
                           },
"assert_schedule":
{ Args: { "frequency": string,"wanted": Json }; Returns: undefined
                           },
"assert_schedule_value":
{ Args: { "argument": string,"frequency": string,"hint": string,"is_good": boolean }; Returns: undefined
                           },
"assert_staged":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"attempt_began_at":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: string
                           },
"audit":
{ Args: { "action": string,"details"?: Json,"outcome": string,"target"?: string }; Returns: undefined
                           },
"backup_deadline":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"backup_json":
{ Args: { "source": Omit<Database["public"]['Tables']["backups"]['Row'], Database["public"]['Tables']["backups"]['ComputedFields']> }; Returns: Json
                           },
"backups_order":
{ Args: { "sort": string,"sort_order": string }; Returns: string
                           },
"base_type":
{ Args: { "type_oid": unknown }; Returns: unknown
                           },
"begin_applying":
{ Args: { "restore_id": string }; Returns: undefined
                           },
"begin_backup":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"begin_deletion":
{ Args: { "reason"?: string,"target": Omit<Database["public"]['Tables']["backups"]['Row'], Database["public"]['Tables']["backups"]['ComputedFields']> }; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"begin_delivery":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"begin_drill":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"begin_staging":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"blank_predicate":
{ Args: { "value": string }; Returns: string
                           },
"blocking_reasons":
{ Args: { "cascades": Json,"restore_id": string,"violations": Json }; Returns: Json
                           },
"cancel_job":
{ Args: { "job_id": string,"reason": string }; Returns: undefined
                           },
"catalogue_metrics":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"change_expression":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"max_length": number }; Returns: string
                           },
"change_operations":
{ Args: { "change": string }; Returns: (unknown)[]
                           },
"change_rule":
{ Args: { "id": string,"is_enabled"?: boolean,"message"?: string,"parameters"?: Json,"severity"?: string,"suggestion"?: string,"title"?: string }; Returns: Json
                           },
"change_schedule":
{ Args: { "changes": Json,"frequency": string }; Returns: {
              "frequency": string,
"is_enabled": boolean,
"keep": number,
"last_backup_id": string | null,
"last_error": Json | null,
"last_run_at": string | null,
"last_status": string | null,
"name": string,
"next_run_at": string | null,
"override_reason": string | null,
"override_validation": boolean,
"tables": (string)[] | null,
"time_of_day": string,
"time_zone": string,
"weekday": number | null
            }
                          SetofOptions: {
        from: "*"
        to: "schedules"
        isOneToOne: true
        isSetofReturn: false
      } },
"changed_columns":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: Json
                           },
"changed_table":
{ Args: { "table_name": string,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: {
              "backup_ordinal": number | null,
"backup_rows": number | null,
"changes": string | null,
"columns": NonNullable<Json>,
"delete_count": number,
"drift": NonNullable<Json>,
"fingerprint": string | null,
"insert_count": number,
"is_blocked": boolean,
"is_text": boolean,
"is_touched": boolean,
"is_unchanged": boolean,
"is_written": boolean,
"kept_columns": (string)[],
"kept_count": number,
"key": (string)[] | null,
"live_rows": number | null,
"ordinal": number,
"relation": unknown,
"restore_id": string,
"role": string,
"satisfied": (string)[],
"schema_name": string,
"seen_snapshot": Json | null,
"shared_columns": (string)[],
"staged": string | null,
"table_name": string,
"update_count": number,
"written_rows": number | null,
"written_xid": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "restore_tables"
        isOneToOne: true
        isSetofReturn: false
      } },
"changes_query":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: string
                           },
"check_foreign_keys":
{ Args: { "proved": (Json)[],"relation": unknown,"rule": Json }; Returns: Json
                           },
"check_job":
{ Args: { "job_id": string,"worker_id": string }; Returns: {
              "attempt_count": number,
"backup_id": string | null,
"created_at": string,
"created_by": string | null,
"error": Json | null,
"finished_at": string | null,
"is_urgent": boolean,
"job_id": string,
"kind": string,
"lease_expires_at": string | null,
"max_attempts": number,
"notification_id": number | null,
"parameters": NonNullable<Json>,
"progress": NonNullable<Json>,
"restore_id": string | null,
"result": Json | null,
"run_after": string,
"status": string,
"worker_id": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"check_reference":
{ Args: { "relation": unknown,"rule": Json }; Returns: Json
                           },
"check_rows":
{ Args: { "relation": unknown,"rules": (Json)[] }; Returns: Json
                           },
"check_safely":
{ Args: { "checker": string,"proved"?: (Json)[],"relation": unknown,"rule": Json }; Returns: Json
                           },
"check_sequences":
{ Args: { "relation": unknown,"rule": Json }; Returns: Json
                           },
"check_table_key":
{ Args: { "relation": unknown,"rule": Json }; Returns: Json
                           },
"check_unique":
{ Args: { "relation": unknown,"rule": Json }; Returns: Json
                           },
"chosen_rows":
{ Args: { "backup_id": string,"rows": Json }; Returns: Json
                           },
"claim_job":
{ Args: { "urgent_only"?: boolean,"worker_id": string }; Returns: Json
                           },
"claims":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"close_archive":
{ Args: { "job_id": string,"worker_id": string }; Returns: string
                           },
"collate_clause":
{ Args: { "collation_name": string }; Returns: string
                           },
"column_differs":
{ Args: { "column_name": string }; Returns: string
                           },
"column_families":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: (string)[]
                           },
"column_list":
{ Args: { "alias": string,"columns": (string)[] }; Returns: string
                           },
"column_names":
{ Args: { "numbers": (number)[],"relation": unknown }; Returns: (string)[]
                           },
"column_types":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: (unknown)[]
                           },
"comparable":
{ Args: { "alias": string,"child": unknown,"child_column": string,"parent": unknown,"parent_column": string }; Returns: string
                           },
"compare_restore":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"compare_tables":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"complete_backup":
{ Args: { "job_id": string,"manifest_sha256": string,"worker_id": string }; Returns: undefined
                           },
"complete_drill":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"complete_purge":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"complete_rescan":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"complete_restore":
{ Args: { "restore_id": string,"review": Json }; Returns: undefined
                           },
"conclude_restore":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"confirm_project":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"constraint_tests":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: {
              "is_violated": string,"kind": string,"message": string,"name": string
            }[]
                           },
"convert_column":
{ Args: { "column_name": string,"staged": string,"type": string,"using_type": string }; Returns: boolean
                           },
"convert_staged":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: Json
                           },
"copy_end":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"copy_query":
{ Args: { "columns": string,"from_position": unknown,"source": unknown,"to_position": unknown }; Returns: string
                           },
"copy_statement":
{ Args: { "columns": string,"schema_name": string,"table_name": string }; Returns: string
                           },
"count_by_merging":
{ Args: { "query": string }; Returns: number
                           },
"count_changes":
{ Args: { "restore_id": string }; Returns: undefined
                           },
"count_rows":
{ Args: { "query": string }; Returns: Record<string, unknown>
                           },
"count_unread":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"create_backup":
{ Args: { "kind"?: string,"notes"?: string,"override_reason"?: string,"override_validation"?: boolean,"tables"?: (string)[] }; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"create_changes":
{ Args: { "ordinal": number,"restore_id": string }; Returns: string
                           },
"create_key_tables":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: undefined
                           },
"create_staged":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"current_installation":
{ Args: Record<PropertyKey, never>; Returns: {
              "bound_at": string,
"database_oid": unknown,
"is_only": boolean,
"project_url": string | null,
"stranger_url": string | null,
"system_identifier": string
            }
                          SetofOptions: {
        from: "*"
        to: "installation"
        isOneToOne: true
        isSetofReturn: false
      } },
"current_snapshot":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"date_order_predicate":
{ Args: { "columns": (string)[],"families": (string)[],"parameters": Json }; Returns: string
                           },
"default_message":
{ Args: { "kind": string }; Returns: string
                           },
"delete_changed":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"delete_rule":
{ Args: { "id": string }; Returns: undefined
                           },
"discard_restore":
{ Args: { "restore_id": string }; Returns: Json
                           },
"drift_note":
{ Args: { "column_name": string,"is_blocking"?: boolean,"kind": string,"message": string,"sample"?: Json }; Returns: Json
                           },
"drill_differences":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: Json
                           },
"drill_parts":
{ Args: { "after_ordinal"?: number,"job_id": string,"page_size"?: number,"worker_id": string }; Returns: Json
                           },
"drilled_keys":
{ Args: { "backup_id": string }; Returns: {
              "child": number,"child_label": string,"columns": (string)[],"name": string,"parent": number,"parent_columns": (string)[]
            }[]
                           },
"drilled_orphans":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: Json
                           },
"drilled_tables":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: {
              "expected": number,"label": string,"row_count": number
            }[]
                           },
"drop_scratch":
{ Args: { "job_id": string }; Returns: undefined
                           },
"drop_staging":
{ Args: { "restore_id": string }; Returns: undefined
                           },
"email_predicate":
{ Args: { "value": string }; Returns: string
                           },
"end_attempt":
{ Args: { "ended": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"error"?: Json }; Returns: undefined
                           },
"end_delivery":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"end_drill":
{ Args: { "differences": Json,"held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"is_told"?: boolean,"status": string }; Returns: Json
                           },
"end_restore":
{ Args: { "error"?: Json,"restore_id": string,"status": string }; Returns: undefined
                           },
"end_safety_backup":
{ Args: { "backup_id": string,"error"?: Json }; Returns: undefined
                           },
"enqueue_job":
{ Args: { "backup_id"?: string,"is_urgent"?: boolean,"kind": string,"max_attempts"?: number,"notification_id"?: number,"parameters"?: Json,"restore_id"?: string,"run_after"?: string }; Returns: string
                           },
"enqueue_rescan":
{ Args: { "imports": boolean }; Returns: string
                           },
"equality":
{ Args: { "left_type": unknown,"left_value": string,"right_type": unknown,"right_value": string }; Returns: string
                           },
"exclusion_violations":
{ Args: { "becomes_backup": boolean,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: Json
                           },
"explain_violation":
{ Args: { "constraint_name": string,"label": string,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"fail_job":
{ Args: { "error": Json,"job_id": string,"objects_remain"?: boolean,"worker_id": string }; Returns: string
                           },
"find_backup":
{ Args: { "backup_id": string }; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"find_changes":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"find_completed":
{ Args: { "backup_id": string }; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"find_job":
{ Args: { "job_id": string }; Returns: {
              "attempt_count": number,
"backup_id": string | null,
"created_at": string,
"created_by": string | null,
"error": Json | null,
"finished_at": string | null,
"is_urgent": boolean,
"job_id": string,
"kind": string,
"lease_expires_at": string | null,
"max_attempts": number,
"notification_id": number | null,
"parameters": NonNullable<Json>,
"progress": NonNullable<Json>,
"restore_id": string | null,
"result": Json | null,
"run_after": string,
"status": string,
"worker_id": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"find_orphans":
{ Args: { "columns": (string)[],"parent": unknown,"parent_columns": (string)[],"query": string,"source": unknown }; Returns: Record<string, unknown>
                           },
"find_restore":
{ Args: { "restore_id": string }; Returns: {
              "accept_cascade": boolean,
"accept_foreign_source": boolean,
"accept_privilege_changes": boolean,
"applied_at": string | null,
"asked_by": string | null,
"backup_id": string | null,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"error": Json | null,
"expires_at": string | null,
"mode": string,
"phase": string | null,
"preview": Json | null,
"previewed_at": string | null,
"requested_rows": Json | null,
"requested_tables": (string)[] | null,
"restore_id": string,
"result": Json | null,
"safety_backup_id": string | null,
"skip_orphans": boolean,
"skip_preview": boolean,
"staging_prefix": string | null,
"status": string,
"undo_of": string | null,
"undo_until": string | null,
"with_children": boolean
            }
                          SetofOptions: {
        from: "*"
        to: "restores"
        isOneToOne: true
        isSetofReturn: false
      } },
"find_row_changes":
{ Args: { "after_place": unknown,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"operations": (unknown)[],"page_limit": number,"search": string,"window_rows": number }; Returns: Record<string, unknown>
                           },
"find_undo_changes":
{ Args: { "changes": string,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"find_violations":
{ Args: { "orphans": Json,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"fingerprint":
{ Args: { "definition": Json }; Returns: string
                           },
"finish_job":
{ Args: { "ended": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"error"?: Json,"result"?: Json,"status"?: string }; Returns: undefined
                           },
"fit_rules":
{ Args: { "relation": unknown,"with_disabled"?: boolean }; Returns: {
              "columns": (string)[],"id": string,"kind": string,"message": string,"parameters": Json,"reason": string,"severity": string,"suggestion": string,"title": string
            }[]
                           },
"fits_parameters":
{ Args: { "expected": Json,"parameters": Json }; Returns: boolean
                           },
"folded":
{ Args: { "value": string }; Returns: string
                           },
"folders_to_check":
{ Args: { "job_id": string,"worker_id": string }; Returns: (string)[]
                           },
"folders_to_import":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"follow_cascades":
{ Args: { "orphans": Json,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"follow_clock":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"foreign_key_elsewhere":
{ Args: { "columns": (string)[],"parameters": Json,"relation": unknown }; Returns: string
                           },
"foreign_key_proofs":
{ Args: { "relation": unknown }; Returns: {
              "columns": (string)[],"is_validated": boolean,"name": string,"parent": unknown,"parent_columns": (string)[],"query": string,"source": unknown
            }[]
                           },
"forget_plan":
{ Args: { "backup_id": string }; Returns: undefined
                           },
"forget_rescan":
{ Args: { "ended": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: undefined
                           },
"forget_what_is_over":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"found_missing":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"since": string }; Returns: Json
                           },
"found_orphans":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"since": string }; Returns: Json
                           },
"found_violation":
{ Args: { "kind": string,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"message": string,"name": string,"query": string }; Returns: Json
                           },
"free_rule_id":
{ Args: { "columns": (string)[],"kind": string,"table_name": string }; Returns: string
                           },
"gauge":
{ Args: { "help": string,"name": string,"value": number }; Returns: Json
                           },
"get_backup":
{ Args: { "backup_id": string }; Returns: Json
                           },
"get_job":
{ Args: { "job_id": string }; Returns: Json
                           },
"get_parts":
{ Args: { "backup_id": string }; Returns: Json
                           },
"get_restore":
{ Args: { "restore_id": string }; Returns: Json
                           },
"get_retention":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"get_schedules":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"give_up_job":
{ Args: { "ended": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"error": Json,"objects_remain": boolean }; Returns: undefined
                           },
"has_no_parent":
{ Args: { "comparison": string,"key_columns": (string)[],"match_type": unknown,"parent": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"parent_columns": (string)[],"parent_relation": unknown }; Returns: string
                           },
"health":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"health_checks":
{ Args: Record<PropertyKey, never>; Returns: {
              "is_ok": boolean,"message": string,"name": string
            }[]
                           },
"heartbeat":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"hold_job":
{ Args: { "job_id": string,"progress"?: Json,"worker_id": string }; Returns: {
              "attempt_count": number,
"backup_id": string | null,
"created_at": string,
"created_by": string | null,
"error": Json | null,
"finished_at": string | null,
"is_urgent": boolean,
"job_id": string,
"kind": string,
"lease_expires_at": string | null,
"max_attempts": number,
"notification_id": number | null,
"parameters": NonNullable<Json>,
"progress": NonNullable<Json>,
"restore_id": string | null,
"result": Json | null,
"run_after": string,
"status": string,
"worker_id": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"import_backup":
{ Args: { "manifest": Json,"sha256": string }; Returns: undefined
                           },
"import_manifest":
{ Args: { "folder": string,"job_id": string,"manifest_sha256": string,"manifest_text": string,"worker_id": string }; Returns: string
                           },
"include_cascaded":
{ Args: { "relation": unknown,"restore_id": string }; Returns: {
              "backup_ordinal": number | null,
"backup_rows": number | null,
"changes": string | null,
"columns": NonNullable<Json>,
"delete_count": number,
"drift": NonNullable<Json>,
"fingerprint": string | null,
"insert_count": number,
"is_blocked": boolean,
"is_text": boolean,
"is_touched": boolean,
"is_unchanged": boolean,
"is_written": boolean,
"kept_columns": (string)[],
"kept_count": number,
"key": (string)[] | null,
"live_rows": number | null,
"ordinal": number,
"relation": unknown,
"restore_id": string,
"role": string,
"satisfied": (string)[],
"schema_name": string,
"seen_snapshot": Json | null,
"shared_columns": (string)[],
"staged": string | null,
"table_name": string,
"update_count": number,
"written_rows": number | null,
"written_xid": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "restore_tables"
        isOneToOne: true
        isSetofReturn: false
      } },
"insert_changed":
{ Args: { "kept": string,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"is_admin":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"is_allowed":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"is_chore_due":
{ Args: { "chore": string,"pause": string }; Returns: boolean
                           },
"is_comparable":
{ Args: { "snapshot": Json }; Returns: boolean
                           },
"is_constant":
{ Args: { "expression": string }; Returns: boolean
                           },
"is_deleted_since":
{ Args: { "folder": string,"since": string }; Returns: boolean
                           },
"is_held_by_backup":
{ Args: { "child": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"key_columns": (string)[],"parent": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"parent_columns": (string)[],"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: boolean
                           },
"is_key_in_doubt":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: boolean
                           },
"is_newer":
{ Args: { "snapshot": Json,"written": unknown }; Returns: boolean
                           },
"is_own_project":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"is_proved_unique":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: boolean
                           },
"is_read_in_order":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: boolean
                           },
"is_redefined":
{ Args: { "relation": unknown,"snapshot": Json }; Returns: boolean
                           },
"is_removed":
{ Args: { "alias": string,"changes": string }; Returns: string
                           },
"is_rule_fault":
{ Args: { "state": string }; Returns: boolean
                           },
"is_service":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"is_unchanged_since":
{ Args: { "relation": unknown,"row_count": number,"snapshot": Json }; Returns: boolean
                           },
"is_unread":
{ Args: { "source": Omit<Database["backup"]['Tables']["notifications"]['Row'], Database["backup"]['Tables']["notifications"]['ComputedFields']> }; Returns: boolean
                           },
"is_value_of":
{ Args: { "type": string,"value": string }; Returns: boolean
                           },
"iso":
{ Args: { "moment": string }; Returns: string
                           },
"issue_download_link":
{ Args: { "backup_id": string }; Returns: Json
                           },
"job_json":
{ Args: { "job_id": string }; Returns: Json
                           } |
{ Args: { "source": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: Json
                           },
"join_locations":
{ Args: { "locations": string,"others": string }; Returns: string
                           },
"keep_columns":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: string
                           },
"keep_new_images":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"keep_old_images":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"keep_removed_keys":
{ Args: { "ordinal": number,"restore_id": string }; Returns: undefined
                           },
"key_image":
{ Args: { "alias": string,"key": (string)[] }; Returns: string
                           },
"key_matches":
{ Args: { "key": (string)[],"relation": unknown }; Returns: string
                           },
"key_object":
{ Args: { "alias": string,"columns": (string)[],"relation": unknown }; Returns: string
                           },
"label":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: string
                           },
"label_expression":
{ Args: { "alias": string,"columns": (string)[] }; Returns: string
                           },
"last_good_backup":
{ Args: Record<PropertyKey, never>; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"last_validation":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"lease_end":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"limit_lock_waits":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"linked_columns":
{ Args: { "relation": unknown }; Returns: (string)[]
                           },
"list_audit":
{ Args: { "action"?: string,"actor_id"?: string,"cursor"?: string,"outcome"?: string,"page_limit"?: number,"target"?: string }; Returns: Json
                           },
"list_backups":
{ Args: { "cursor"?: string,"kind"?: string,"page"?: number,"page_limit"?: number,"search"?: string,"sort"?: string,"sort_order"?: string,"status"?: (string)[] }; Returns: Json
                           },
"list_jobs":
{ Args: { "cursor"?: string,"kind"?: string,"page_limit"?: number,"status"?: string }; Returns: Json
                           },
"list_notifications":
{ Args: { "cursor"?: string,"page_limit"?: number,"unread_only"?: boolean }; Returns: Json
                           },
"list_restore_tables":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"list_restores":
{ Args: { "backup_id"?: string,"cursor"?: string,"page"?: number,"page_limit"?: number,"status"?: string }; Returns: Json
                           },
"list_row_changes":
{ Args: { "change"?: string,"cursor"?: string,"page_limit"?: number,"restore_id": string,"search"?: string,"table_name": string }; Returns: Json
                           },
"list_rules":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"list_tables":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"live_columns":
{ Args: { "relation": unknown }; Returns: (string)[]
                           },
"lock_for_apply":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"lock_statement":
{ Args: { "tables"?: (string)[] }; Returns: string
                           },
"losing_rows":
{ Args: { "child": unknown,"child_changes": string,"comparison": string,"is_kept": boolean,"key_name": string,"parent": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"parent_columns": (string)[],"removed_by": string }; Returns: string
                           },
"manifest":
{ Args: { "backup_id": string }; Returns: Json
                           },
"manifest_fault":
{ Args: { "folder": string,"held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"manifest": Json }; Returns: string
                           },
"manifest_part_fault":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"manifest": Json }; Returns: string
                           },
"manifest_table_fault":
{ Args: { "entry": Json }; Returns: string
                           },
"mark_failed":
{ Args: { "backup_id": string,"error": Json,"objects_remain": boolean,"purge_after"?: string }; Returns: undefined
                           },
"mark_notifications_read":
{ Args: { "ids"?: (number)[] }; Returns: Json
                           },
"mark_orphans":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"match_columns":
{ Args: { "definition": Json,"relation": unknown }; Returns: {
              "drift": Json,"kept_columns": (string)[],"key": (string)[],"shared_columns": (string)[],"staged_columns": Json
            }[]
                           },
"may_pass":
{ Args: { "code": string }; Returns: boolean
                           },
"measured_pieces":
{ Args: { "blocks": number,"slice_bytes": number,"source": unknown,"step": number,"stored_size": string }; Returns: {
              "bytes": number,"start": unknown
            }[]
                           },
"mend_job_times":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"metric":
{ Args: { "help": string,"name": string,"samples": Json,"type": string }; Returns: Json
                           },
"metrics":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"move_sequences":
{ Args: { "moves": Json }; Returns: undefined
                           },
"new_errors":
{ Args: { "after": Json,"before": Json }; Returns: Json
                           },
"new_rows":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: string
                           },
"newest_archive":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"next_job_in":
{ Args: { "worker_id": string }; Returns: number
                           },
"next_run":
{ Args: { "after": string,"schedule": Omit<Database["backup"]['Tables']["schedules"]['Row'], Database["backup"]['Tables']["schedules"]['ComputedFields']> }; Returns: string
                           },
"note_drilled":
{ Args: { "difference"?: Json,"held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"ordinal": number,"row_count": number }; Returns: undefined
                           },
"note_finding":
{ Args: { "folder": string,"held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"reason"?: string }; Returns: undefined
                           },
"note_seen":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"note_staged":
{ Args: { "restore_id": string }; Returns: undefined
                           },
"notification_json":
{ Args: { "source": Omit<Database["backup"]['Tables']["notifications"]['Row'], Database["backup"]['Tables']["notifications"]['ComputedFields']> }; Returns: Json
                           },
"notify":
{ Args: { "details"?: Json,"kind": string,"message": string,"severity": string }; Returns: number
                           },
"numbered_images":
{ Args: { "alias": string,"columns": (string)[],"source": string }; Returns: string
                           },
"objects_seen":
{ Args: { "held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: {
              "folder": string,"path": string,"size": number
            }[]
                           },
"oldest_age":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: number
                           },
"open_download":
{ Args: { "backup_id": string }; Returns: Json
                           },
"orphan_query":
{ Args: { "columns": (string)[],"comparisons": (string)[],"match_type"?: unknown,"parent": unknown,"source": unknown }; Returns: string
                           },
"own_roles":
{ Args: Record<PropertyKey, never>; Returns: (string)[]
                           },
"part_name":
{ Args: { "label": string,"ordinal": number }; Returns: string
                           },
"pending_parts":
{ Args: { "after_ordinal"?: number,"job_id": string,"page_size"?: number,"worker_id": string }; Returns: Json
                           },
"person_name":
{ Args: { "person_id": string }; Returns: Json
                           },
"pick_chosen":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"pick_rows":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"place_at":
{ Args: { "number": number }; Returns: unknown
                           },
"place_number":
{ Args: { "place": unknown }; Returns: number
                           },
"plan_backup":
{ Args: { "backup_id": string,"tables"?: (string)[] }; Returns: Json
                           },
"plan_parts":
{ Args: { "backup_id": string,"tables"?: (string)[] }; Returns: {
              "copy_query": string,"estimated_bytes": number,"name": string,"ordinal": number,"prefix": string,"slice": Json,"suffix": string,"table_ordinal": number
            }[]
                           },
"plan_tables":
{ Args: { "tables"?: (string)[] }; Returns: {
              "definition": Json,"fingerprint": string,"ordinal": number,"relation": unknown,"schema_name": string,"table_name": string
            }[]
                           },
"predicate_faults":
{ Args: { "predicates": (string)[],"relation": unknown }; Returns: (string)[]
                           },
"preview_restore":
{ Args: { "cascades": Json,"orphans": Json,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"preview_retention":
{ Args: { "rules"?: Json }; Returns: Json
                           },
"preview_source":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"preview_table":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"sample_bytes": number }; Returns: Json
                           },
"previous_run":
{ Args: { "run_id": string }; Returns: Json
                           },
"privilege_changes":
{ Args: { "restore_id": string }; Returns: Json
                           },
"project_search_path":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"prove_deferrable":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"prove_partition_references":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"prove_references":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"purge_validation_runs":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"queue_state":
{ Args: Record<PropertyKey, never>; Returns: Record<string, unknown>
                           },
"raise_no_rule":
{ Args: { "id": string }; Returns: undefined
                           },
"raise_stale":
{ Args: { "message"?: string,"restore_id": string,"tables": (string)[] }; Returns: undefined
                           },
"raise_undo_conflict":
{ Args: { "conflict_count": number,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"rows": Json }; Returns: undefined
                           },
"raise_violation":
{ Args: { "constraint_name": string,"explanation": string,"label": string,"rows": Json }; Returns: undefined
                           },
"read_cursor":
{ Args: { "cursor": string }; Returns: Record<string, unknown>
                           },
"read_number_cursor":
{ Args: { "cursor": string }; Returns: number
                           },
"reader_id":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"record_delivery":
{ Args: { "channel": string,"error"?: Json,"job_id": string,"outcome": string,"worker_id": string }; Returns: undefined
                           },
"record_difference":
{ Args: { "difference": Json,"job_id": string,"ordinal": number,"worker_id": string }; Returns: undefined
                           },
"record_drilled_part":
{ Args: { "job_id": string,"ordinal": number,"raw_sha256": string,"row_count": number,"worker_id": string }; Returns: undefined
                           },
"record_id_expression":
{ Args: { "relation": unknown }; Returns: string
                           },
"record_objects":
{ Args: { "job_id": string,"objects": Json,"worker_id": string }; Returns: undefined
                           },
"record_part":
{ Args: { "clear_bytes": number,"job_id": string,"ordinal": number,"raw_bytes": number,"raw_sha256": string,"row_count": number,"stored_bytes": number,"stored_sha256": string,"worker_id": string }; Returns: undefined
                           },
"record_plan":
{ Args: { "job_id": string,"plan": Json,"worker_id": string }; Returns: undefined
                           },
"record_progress":
{ Args: { "job_id": string,"progress": Json,"worker_id": string }; Returns: undefined
                           },
"record_staged_part":
{ Args: { "job_id": string,"ordinal": number,"worker_id": string }; Returns: undefined
                           },
"record_validation":
{ Args: { "job_id": string,"report": Json,"worker_id": string }; Returns: boolean
                           },
"referenced_columns":
{ Args: { "relation": unknown }; Returns: (string)[]
                           },
"refers":
{ Args: { "columns": (string)[],"match_type": unknown }; Returns: string
                           },
"refresh_changes":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: boolean
                           },
"refresh_statistics":
{ Args: { "relation": unknown,"row_count": number }; Returns: undefined
                           },
"refuse_rule":
{ Args: { "argument": string,"reason": string,"rule": string }; Returns: undefined
                           },
"related_tables":
{ Args: { "backup_id": string,"chosen": (unknown)[],"with_children": boolean }; Returns: (unknown)[]
                           },
"relation_columns":
{ Args: { "relation": unknown }; Returns: {
              "collation_name": string,"default_expression": string,"identity": unknown,"is_generated": boolean,"name": string,"not_null": boolean,"position": number,"type": string,"type_oid": unknown
            }[]
                           },
"relation_constraints":
{ Args: { "relation": unknown }; Returns: (string)[]
                           },
"relation_definition":
{ Args: { "relation": unknown }; Returns: Json
                           },
"relation_foreign_keys":
{ Args: { "relation": unknown }; Returns: {
              "columns": (string)[],"is_validated": boolean,"match_type": unknown,"name": string,"parent": unknown,"parent_columns": (string)[]
            }[]
                           },
"relation_key":
{ Args: { "relation": unknown }; Returns: (string)[]
                           },
"relation_sequences":
{ Args: { "relation": unknown }; Returns: {
              "column_name": string,"sequence": unknown
            }[]
                           },
"report_progress":
{ Args: { "percent": number,"table_label"?: string }; Returns: undefined
                           },
"report_tables":
{ Args: { "report": Json }; Returns: (string)[]
                           },
"report_without_samples":
{ Args: { "report": Json }; Returns: Json
                           },
"request_apply":
{ Args: { "accept_cascade"?: boolean,"accept_foreign_source"?: boolean,"accept_privilege_changes"?: boolean,"backup_id": string,"restore_id": string,"skip_orphans"?: boolean }; Returns: Json
                           },
"request_backup":
{ Args: { "kind"?: string,"notes"?: string,"override_reason"?: string,"override_validation"?: boolean,"tables"?: (string)[] }; Returns: Json
                           },
"request_cancel":
{ Args: { "backup_id": string }; Returns: Json
                           },
"request_deletion":
{ Args: { "backup_id": string }; Returns: Json
                           },
"request_drill":
{ Args: { "backup_id": string }; Returns: Json
                           },
"request_rescan":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"request_restore":
{ Args: { "accept_cascade"?: boolean,"accept_foreign_source"?: boolean,"accept_privilege_changes"?: boolean,"backup_id": string,"mode"?: string,"rows"?: Json,"skip_orphans"?: boolean,"skip_preview"?: boolean,"tables"?: (string)[],"with_children"?: boolean }; Returns: Json
                           },
"request_undo":
{ Args: { "accept_cascade"?: boolean,"accept_privilege_changes"?: boolean,"restore_id": string,"skip_orphans"?: boolean }; Returns: Json
                           },
"resolve_table":
{ Args: { "name": string }; Returns: unknown
                           },
"restage_as_text":
{ Args: { "job_id": string,"table_ordinal": number,"worker_id": string }; Returns: undefined
                           },
"restore_json":
{ Args: { "source": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"restore_objection":
{ Args: { "schema_name": string,"table_name": string }; Returns: string
                           },
"restore_references":
{ Args: { "restore_id": string }; Returns: {
              "child": unknown,"child_columns": (string)[],"child_ordinal": number,"comparison": string,"delete_action": unknown,"is_validated": boolean,"live_comparison": string,"match_type": unknown,"name": string,"parent": unknown,"parent_columns": (string)[],"parent_ordinal": number
            }[]
                           },
"restore_table":
{ Args: { "ordinal": number,"restore_id": string }; Returns: {
              "backup_ordinal": number | null,
"backup_rows": number | null,
"changes": string | null,
"columns": NonNullable<Json>,
"delete_count": number,
"drift": NonNullable<Json>,
"fingerprint": string | null,
"insert_count": number,
"is_blocked": boolean,
"is_text": boolean,
"is_touched": boolean,
"is_unchanged": boolean,
"is_written": boolean,
"kept_columns": (string)[],
"kept_count": number,
"key": (string)[] | null,
"live_rows": number | null,
"ordinal": number,
"relation": unknown,
"restore_id": string,
"role": string,
"satisfied": (string)[],
"schema_name": string,
"seen_snapshot": Json | null,
"shared_columns": (string)[],
"staged": string | null,
"table_name": string,
"update_count": number,
"written_rows": number | null,
"written_xid": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "restore_tables"
        isOneToOne: true
        isSetofReturn: false
      } } |
{ Args: { "relation": unknown,"restore_id": string }; Returns: {
              "backup_ordinal": number | null,
"backup_rows": number | null,
"changes": string | null,
"columns": NonNullable<Json>,
"delete_count": number,
"drift": NonNullable<Json>,
"fingerprint": string | null,
"insert_count": number,
"is_blocked": boolean,
"is_text": boolean,
"is_touched": boolean,
"is_unchanged": boolean,
"is_written": boolean,
"kept_columns": (string)[],
"kept_count": number,
"key": (string)[] | null,
"live_rows": number | null,
"ordinal": number,
"relation": unknown,
"restore_id": string,
"role": string,
"satisfied": (string)[],
"schema_name": string,
"seen_snapshot": Json | null,
"shared_columns": (string)[],
"staged": string | null,
"table_name": string,
"update_count": number,
"written_rows": number | null,
"written_xid": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "restore_tables"
        isOneToOne: true
        isSetofReturn: false
      } },
"restore_that_uses":
{ Args: { "target": Omit<Database["public"]['Tables']["backups"]['Row'], Database["public"]['Tables']["backups"]['ComputedFields']> }; Returns: string
                           },
"result_rows":
{ Args: { "columns": (string)[],"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"relation": unknown }; Returns: string
                           },
"retention_plan":
{ Args: { "rules"?: Json }; Returns: {
              "backup_id": string,"created_at": string,"reasons": (string)[],"removal": string
            }[]
                           },
"retention_rules":
{ Args: { "changes"?: Json }; Returns: Json
                           },
"review_restore":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"row_differs":
{ Args: { "columns": (string)[] }; Returns: string
                           },
"row_key":
{ Args: { "chosen": Json,"key": (string)[] }; Returns: (string)[]
                           },
"row_predicates":
{ Args: { "columns": (string)[],"kind": string,"parameters": Json,"relation": unknown }; Returns: (string)[]
                           },
"row_rule_sample":
{ Args: { "locations": string,"relation": unknown,"rule": Json }; Returns: Json
                           },
"row_violations":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: Json
                           },
"rule_columns":
{ Args: { "rule": Json }; Returns: (string)[]
                           },
"rule_findings":
{ Args: Record<PropertyKey, never>; Returns: {
              "applies_to": (string)[],"id": string,"reason": string
            }[]
                           },
"rule_json":
{ Args: { "applies_to": (string)[],"reason": string,"rule": Omit<Database["backup"]['Tables']["rules"]['Row'], Database["backup"]['Tables']["rules"]['ComputedFields']> }; Returns: Json
                           },
"rule_misfit":
{ Args: { "columns": (string)[],"kind": string,"parameters": Json,"relation": unknown }; Returns: string
                           },
"rule_report":
{ Args: { "id": string }; Returns: Json
                           },
"rule_result":
{ Args: { "fault"?: string,"rule": Json,"sample"?: Json,"violations": number }; Returns: Json
                           },
"run_drill":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"run_schedule":
{ Args: { "due": Omit<Database["backup"]['Tables']["schedules"]['Row'], Database["backup"]['Tables']["schedules"]['ComputedFields']> }; Returns: undefined
                           },
"run_schedules":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"run_validation":
{ Args: { "tables"?: (string)[] }; Returns: Json
                           },
"running_backup":
{ Args: Record<PropertyKey, never>; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"sample":
{ Args: { "labels"?: Json,"value": number }; Returns: Json
                           },
"sample_changes":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"max_bytes": number }; Returns: Json
                           },
"sample_rows":
{ Args: { "columns": (string)[],"locations": string,"message": string,"predicates"?: (string)[],"relation": unknown }; Returns: Json
                           },
"scan_source":
{ Args: { "relation": unknown }; Returns: string
                           },
"schedule_json":
{ Args: { "source": Omit<Database["backup"]['Tables']["schedules"]['Row'], Database["backup"]['Tables']["schedules"]['ComputedFields']> }; Returns: Json
                           },
"schedules_json":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"scratch_name":
{ Args: { "job_id": string,"suffix": string }; Returns: string
                           },
"script_head":
{ Args: { "backup_id": string }; Returns: string
                           },
"script_tail":
{ Args: { "backup_id": string,"tables"?: (string)[] }; Returns: string
                           },
"search_expression":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: string
                           },
"select_tables":
{ Args: { "tables"?: (string)[] }; Returns: {
              "ordinal": number,"relation": unknown,"schema_name": string,"table_name": string
            }[]
                           },
"send_test_notification":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"sequence_moves":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"sequence_states":
{ Args: { "tables"?: (string)[] }; Returns: {
              "column_name": string,"is_called": boolean,"last_value": number,"name": string,"sequence": string,"table_label": string
            }[]
                           },
"sequence_target":
{ Args: { "column_name": string,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"sequence": unknown,"target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"session_statements":
{ Args: Record<PropertyKey, never>; Returns: (string)[]
                           },
"set_retention":
{ Args: { "rules": Json }; Returns: Json
                           },
"set_rule":
{ Args: { "columns"?: (string)[],"id": string,"is_enabled"?: boolean,"kind"?: string,"message"?: string,"parameters"?: Json,"severity"?: string,"suggestion"?: string,"table_name"?: string,"title"?: string }; Returns: Json
                           },
"set_schedule":
{ Args: { "frequency": string,"is_enabled"?: boolean,"keep"?: number,"name"?: string,"override_reason"?: string,"override_validation"?: boolean,"tables"?: (string)[],"time_of_day"?: string,"time_zone"?: string,"weekday"?: number }; Returns: Json
                           },
"set_schedules":
{ Args: { "schedules": Json }; Returns: Json
                           },
"setting":
{ Args: { "key": string }; Returns: Json
                           },
"settle_types":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"severity_status":
{ Args: { "errors": number,"warnings": number }; Returns: string
                           },
"sha256_hex":
{ Args: { "content": string }; Returns: string
                           },
"silence_table":
{ Args: { "relation": unknown }; Returns: (string)[]
                           },
"stage_images":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: undefined
                           },
"stage_written":
{ Args: { "kept": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"staged_join":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: string
                           },
"staging_name":
{ Args: { "restore_id": string }; Returns: string
                           },
"staging_parts":
{ Args: { "job_id": string,"page_size"?: number,"worker_id": string }; Returns: Json
                           },
"staging_table":
{ Args: { "ordinal": number,"restore_id": string,"suffix": string }; Returns: string
                           },
"state_metrics":
{ Args: { "state": Json }; Returns: Json
                           },
"store_rule":
{ Args: { "rule": Omit<Database["backup"]['Tables']["rules"]['Row'], Database["backup"]['Tables']["rules"]['ComputedFields']> }; Returns: undefined
                           },
"store_validation":
{ Args: { "backup_id"?: string,"report": Json }; Returns: string
                           },
"stored_report":
{ Args: { "run": Omit<Database["backup"]['Tables']["validation_runs"]['Row'], Database["backup"]['Tables']["validation_runs"]['ComputedFields']> }; Returns: Json
                           },
"sweep":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"sweep_drills":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"sweep_restores":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"table_details":
{ Args: { "backup_id": string }; Returns: Json
                           },
"table_heaps":
{ Args: { "relation": unknown }; Returns: {
              "blocks": number,"bytes": number,"source": unknown,"stored_size": string
            }[]
                           },
"table_in_backup":
{ Args: { "backup_id": string,"name": string }; Returns: {
              "backup_id": string,
"definition": NonNullable<Json>,
"fingerprint": string,
"ordinal": number,
"raw_bytes": number,
"row_count": number,
"schema_name": string,
"stored_bytes": number,
"table_name": string
            }
                          SetofOptions: {
        from: "*"
        to: "backup_tables"
        isOneToOne: true
        isSetofReturn: false
      } },
"table_label":
{ Args: { "relation": unknown }; Returns: string
                           },
"table_objection":
{ Args: { "relation": unknown }; Returns: string
                           },
"table_size":
{ Args: { "relation": unknown }; Returns: Record<string, unknown>
                           },
"table_slices":
{ Args: { "relation": unknown,"slice_bytes": number }; Returns: {
              "estimated_bytes": number,"from_position": unknown,"source": unknown,"to_position": unknown
            }[]
                           },
"table_violations":
{ Args: { "restore_id": string }; Returns: Json
                           },
"take_rate_limit":
{ Args: { "action": string }; Returns: number
                           },
"tally_statement":
{ Args: { "predicates": (string)[],"relation": unknown }; Returns: string
                           },
"target_label":
{ Args: { "entry": Omit<Database["backup"]['Tables']["audit_log"]['Row'], Database["backup"]['Tables']["audit_log"]['ComputedFields']> }; Returns: string
                           },
"tell_end":
{ Args: { "backup_id": string }; Returns: undefined
                           },
"tell_rescan":
{ Args: { "before": Json,"held": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']>,"result": Json }; Returns: undefined
                           },
"text_of":
{ Args: { "alias": string,"column_name": string }; Returns: string
                           },
"texts_object":
{ Args: { "alias": string,"columns": (string)[],"max_length"?: number }; Returns: string
                           },
"touched_tables":
{ Args: { "restore_id": string }; Returns: (string)[]
                           },
"try_chore":
{ Args: { "name": string }; Returns: undefined
                           },
"try_drop_staging":
{ Args: { "restore_id": string }; Returns: undefined
                           },
"try_retention":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"type_family":
{ Args: { "type_oid": unknown }; Returns: string
                           },
"unaccepted":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"unchanged_count":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: number
                           },
"unique_violations":
{ Args: { "becomes_backup": boolean,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: Json
                           },
"unlink_changed":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: undefined
                           },
"unlinkable_columns":
{ Args: { "relation": unknown }; Returns: (string)[]
                           },
"unlinked_value":
{ Args: { "alias": string,"column_name": string,"relation": unknown }; Returns: string
                           },
"update_backup":
{ Args: { "backup_id": string,"is_pinned"?: boolean,"notes"?: string }; Returns: Json
                           },
"use_download_link":
{ Args: { "backup_id": string,"token": string }; Returns: Json
                           },
"validate_table":
{ Args: { "relation": unknown }; Returns: Json
                           },
"validate_tables":
{ Args: { "tables"?: (string)[] }; Returns: Json
                           },
"value_predicate":
{ Args: { "column_name": string,"family": string,"kind": string,"parameters": Json }; Returns: string
                           },
"violation":
{ Args: { "is_blocking"?: boolean,"kind": string,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']>,"message": string,"name": string,"rows": number,"sample": Json }; Returns: Json
                           },
"wake_worker":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"watch_backups":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"whoami":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"worker_lost":
{ Args: { "lost": Omit<Database["backup"]['Tables']["jobs"]['Row'], Database["backup"]['Tables']["jobs"]['ComputedFields']> }; Returns: Json
                           },
"write_changes":
{ Args: { "target": Omit<Database["backup"]['Tables']["restores"]['Row'], Database["backup"]['Tables']["restores"]['ComputedFields']> }; Returns: Json
                           },
"write_cursor":
{ Args: { "created_at": string,"id": string }; Returns: string
                           },
"written_columns":
{ Args: { "alias": string,"columns": (string)[],"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: string
                           },
"written_counts":
{ Args: { "looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: Json
                           },
"written_rows":
{ Args: { "alias": string,"looked_at": Omit<Database["backup"]['Tables']["restore_tables"]['Row'], Database["backup"]['Tables']["restore_tables"]['ComputedFields']> }; Returns: string
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"public": {
          Tables: {
            "backups": {
                  Row: {
                    "clear_size": number | null,"completed_at": string | null,"created_at": string,"created_by": string | null,"error": Json | null,"file_size": number | null,"filename": string | null,"format": number | null,"id": string,"imported_at": string | null,"is_pinned": boolean,"kind": string,"manifest_sha256": string | null,"notes": string | null,"override_reason": string | null,"override_validation": boolean,"part_count": number | null,"phase": string | null,"progress": NonNullable<Json>,"raw_size": number | null,"record_counts": Json | null,"requested_tables": (string)[] | null,"row_count": number | null,"snapshot": Json | null,"started_at": string | null,"status": string,"tables": (string)[] | null,"validation_results": Json | null,"verification": Json | null,"verified_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "clear_size"?: number | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"file_size"?: number | null,"filename"?: string | null,"format"?: number | null,"id"?: string,"imported_at"?: string | null,"is_pinned"?: boolean,"kind"?: string,"manifest_sha256"?: string | null,"notes"?: string | null,"override_reason"?: string | null,"override_validation"?: boolean,"part_count"?: number | null,"phase"?: string | null,"progress"?: NonNullable<Json>,"raw_size"?: number | null,"record_counts"?: Json | null,"requested_tables"?: (string)[] | null,"row_count"?: number | null,"snapshot"?: Json | null,"started_at"?: string | null,"status"?: string,"tables"?: (string)[] | null,"validation_results"?: Json | null,"verification"?: Json | null,"verified_at"?: string | null
                  }
                  Update: {
                    "clear_size"?: number | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"file_size"?: number | null,"filename"?: string | null,"format"?: number | null,"id"?: string,"imported_at"?: string | null,"is_pinned"?: boolean,"kind"?: string,"manifest_sha256"?: string | null,"notes"?: string | null,"override_reason"?: string | null,"override_validation"?: boolean,"part_count"?: number | null,"phase"?: string | null,"progress"?: NonNullable<Json>,"raw_size"?: number | null,"record_counts"?: Json | null,"requested_tables"?: (string)[] | null,"row_count"?: number | null,"snapshot"?: Json | null,"started_at"?: string | null,"status"?: string,"tables"?: (string)[] | null,"validation_results"?: Json | null,"verification"?: Json | null,"verified_at"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"events": {
                  Row: {
                    "capacity": number | null,"created_at": string,"created_by": string | null,"description": string | null,"end_date": string | null,"id": string,"is_virtual": boolean,"location": string | null,"start_date": string | null,"title": string | null,"updated_at": string,"virtual_url": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "capacity"?: number | null,"created_at"?: string,"created_by"?: string | null,"description"?: string | null,"end_date"?: string | null,"id"?: string,"is_virtual"?: boolean,"location"?: string | null,"start_date"?: string | null,"title"?: string | null,"updated_at"?: string,"virtual_url"?: string | null
                  }
                  Update: {
                    "capacity"?: number | null,"created_at"?: string,"created_by"?: string | null,"description"?: string | null,"end_date"?: string | null,"id"?: string,"is_virtual"?: boolean,"location"?: string | null,"start_date"?: string | null,"title"?: string | null,"updated_at"?: string,"virtual_url"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "events_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"jobs": {
                  Row: {
                    "application_url": string | null,"company_name": string | null,"contact_email": string | null,"created_at": string,"description": string | null,"expires_at": string | null,"id": string,"is_active": boolean,"job_type": string | null,"location": string | null,"posted_by": string | null,"salary_range": string | null,"title": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "application_url"?: string | null,"company_name"?: string | null,"contact_email"?: string | null,"created_at"?: string,"description"?: string | null,"expires_at"?: string | null,"id"?: string,"is_active"?: boolean,"job_type"?: string | null,"location"?: string | null,"posted_by"?: string | null,"salary_range"?: string | null,"title"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "application_url"?: string | null,"company_name"?: string | null,"contact_email"?: string | null,"created_at"?: string,"description"?: string | null,"expires_at"?: string | null,"id"?: string,"is_active"?: boolean,"job_type"?: string | null,"location"?: string | null,"posted_by"?: string | null,"salary_range"?: string | null,"title"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "jobs_posted_by_fkey"
      columns: ["posted_by"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"profiles": {
                  Row: {
                    "avatar_url": string | null,"bio": string | null,"company": string | null,"created_at": string,"degree": string | null,"email": string | null,"first_name": string | null,"graduation_year": number | null,"id": string,"is_verified": boolean,"job_title": string | null,"last_name": string | null,"linkedin_url": string | null,"location": string | null,"major": string | null,"phone": string | null,"preferences": NonNullable<Json>,"skills": (string)[],"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "avatar_url"?: string | null,"bio"?: string | null,"company"?: string | null,"created_at"?: string,"degree"?: string | null,"email"?: string | null,"first_name"?: string | null,"graduation_year"?: number | null,"id"?: string,"is_verified"?: boolean,"job_title"?: string | null,"last_name"?: string | null,"linkedin_url"?: string | null,"location"?: string | null,"major"?: string | null,"phone"?: string | null,"preferences"?: NonNullable<Json>,"skills"?: (string)[],"updated_at"?: string
                  }
                  Update: {
                    "avatar_url"?: string | null,"bio"?: string | null,"company"?: string | null,"created_at"?: string,"degree"?: string | null,"email"?: string | null,"first_name"?: string | null,"graduation_year"?: number | null,"id"?: string,"is_verified"?: boolean,"job_title"?: string | null,"last_name"?: string | null,"linkedin_url"?: string | null,"location"?: string | null,"major"?: string | null,"phone"?: string | null,"preferences"?: NonNullable<Json>,"skills"?: (string)[],"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"roles": {
                  Row: {
                    "created_at": string,"description": string | null,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"description"?: string | null,"id"?: string,"name": string
                  }
                  Update: {
                    "created_at"?: string,"description"?: string | null,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"user_roles": {
                  Row: {
                    "assigned_at": string,"profile_id": string,"role_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "assigned_at"?: string,"profile_id": string,"role_id": string
                  }
                  Update: {
                    "assigned_at"?: string,"profile_id"?: string,"role_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "user_roles_profile_id_fkey"
      columns: ["profile_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "user_roles_role_id_fkey"
      columns: ["role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            [_ in never]: never
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "backup": {
          Enums: {
            
          }
        },"public": {
          Enums: {
            
          }
        }
} as const
