
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "backup": {
          Tables: {
            "audit_log": {
                  Row: {
                    "action": string,"actor_id": string | null,"actor_kind": string,"actor_name": string | null,"audit_log_id": number,"client_ip": string | null,"details": NonNullable<Json>,"occurred_at": string,"outcome": string,"request_id": string | null,"target": string | null,"user_agent": string | null
                  }
                  ComputedFields: never
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
                },"jobs": {
                  Row: {
                    "attempt_count": number,"backup_id": string,"created_at": string,"error": Json | null,"finished_at": string | null,"job_id": string,"kind": string,"lease_expires_at": string | null,"max_attempts": number,"parameters": NonNullable<Json>,"run_after": string,"status": string,"worker_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt_count"?: number,"backup_id": string,"created_at"?: string,"error"?: Json | null,"finished_at"?: string | null,"job_id"?: string,"kind": string,"lease_expires_at"?: string | null,"max_attempts"?: number,"parameters"?: NonNullable<Json>,"run_after"?: string,"status"?: string,"worker_id"?: string | null
                  }
                  Update: {
                    "attempt_count"?: number,"backup_id"?: string,"created_at"?: string,"error"?: Json | null,"finished_at"?: string | null,"job_id"?: string,"kind"?: string,"lease_expires_at"?: string | null,"max_attempts"?: number,"parameters"?: NonNullable<Json>,"run_after"?: string,"status"?: string,"worker_id"?: string | null
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
                    "columns": (string)[],"id": string,"is_adjusted": boolean,"is_enabled": boolean,"kind": string,"message": string,"origin": string,"parameters": NonNullable<Json>,"severity": string,"suggestion": string | null,"table_name": string,"title": string,"updated_at": string,"assert_rule_fits": undefined | null,"store_rule": undefined | null
                  }
                  ComputedFields: "assert_rule_fits" | "store_rule"
                  Insert: {
                    "columns"?: (string)[],"id": string,"is_adjusted"?: boolean,"is_enabled"?: boolean,"kind": string,"message": string,"origin"?: string,"parameters"?: NonNullable<Json>,"severity"?: string,"suggestion"?: string | null,"table_name": string,"title": string,"updated_at"?: string
                  }
                  Update: {
                    "columns"?: (string)[],"id"?: string,"is_adjusted"?: boolean,"is_enabled"?: boolean,"kind"?: string,"message"?: string,"origin"?: string,"parameters"?: NonNullable<Json>,"severity"?: string,"suggestion"?: string | null,"table_name"?: string,"title"?: string,"updated_at"?: string
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
                    "backup_id": string | null,"created_at": string,"duration_ms": number,"error_count": number,"id": string,"report": NonNullable<Json>,"requested_by": string | null,"row_count": number,"started_at": string,"status": string,"warning_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "backup_id"?: string | null,"created_at"?: string,"duration_ms": number,"error_count": number,"id"?: string,"report": NonNullable<Json>,"requested_by"?: string | null,"row_count": number,"started_at": string,"status": string,"warning_count": number
                  }
                  Update: {
                    "backup_id"?: string | null,"created_at"?: string,"duration_ms"?: number,"error_count"?: number,"id"?: string,"report"?: NonNullable<Json>,"requested_by"?: string | null,"row_count"?: number,"started_at"?: string,"status"?: string,"warning_count"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "absent_table_report":
{ Args: { "name": string }; Returns: Json
                           },
"absent_tables":
{ Args: { "tables": (string)[] }; Returns: (string)[]
                           },
"actor_id":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"add_location":
{ Args: { "location": unknown,"locations": string,"relation": unknown }; Returns: string
                           },
"admit":
{ Args: { "action": string,"target"?: string }; Returns: Json
                           },
"assert_admin":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"assert_archive_is_whole":
{ Args: { "backup_id": string }; Returns: undefined
                           },
"assert_rule_fits":
{ Args: { "rule": Omit<Database["backup"]['Tables']["rules"]['Row'], Database["backup"]['Tables']["rules"]['ComputedFields']> }; Returns: undefined
                           },
"audit":
{ Args: { "action": string,"details"?: Json,"outcome": string,"target"?: string }; Returns: undefined
                           },
"backup_json":
{ Args: { "source": Omit<Database["public"]['Tables']["backups"]['Row'], Database["public"]['Tables']["backups"]['ComputedFields']> }; Returns: Json
                           },
"base_type":
{ Args: { "type_oid": unknown }; Returns: unknown
                           },
"begin_backup":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"blank_predicate":
{ Args: { "value": string }; Returns: string
                           },
"check_foreign_keys":
{ Args: { "proved": (Json)[],"relation": unknown,"rule": Json }; Returns: Json
                           },
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
"request_restore":
{ Args: { "backup_id": string,"mode"?: string,"tables"?: string[],"rows"?: Json,"with_children"?: boolean,"skip_preview"?: boolean,"accept_foreign_source"?: boolean,"skip_orphans"?: boolean,"accept_cascade"?: boolean,"accept_privilege_changes"?: boolean }; Returns: Json
                           },
"request_apply":
{ Args: { "backup_id": string,"restore_id": string,"accept_foreign_source"?: boolean,"skip_orphans"?: boolean,"accept_cascade"?: boolean,"accept_privilege_changes"?: boolean }; Returns: Json
                           },
"request_undo":
{ Args: { "restore_id": string,"accept_cascade"?: boolean,"accept_privilege_changes"?: boolean }; Returns: Json
                           },
"discard_restore":
{ Args: { "restore_id": string }; Returns: Json
                           },
"get_restore":
{ Args: { "restore_id": string }; Returns: Json
                           },
"list_restores":
{ Args: { "status"?: string,"backup_id"?: string,"page_limit"?: number,"page"?: number,"cursor"?: string }; Returns: Json
                           },
"begin_staging":
{ Args: { "job_id": string,"worker_id": string }; Returns: Json
                           },
"staging_parts":
{ Args: { "job_id": string,"worker_id": string,"page_size"?: number }; Returns: Json
                           },
"record_staged_part":
{ Args: { "job_id": string,"worker_id": string,"ordinal": number }; Returns: undefined
                           },
"restage_as_text":
{ Args: { "job_id": string,"worker_id": string,"table_ordinal": number }; Returns: undefined
                           },
"compare_restore":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"apply_restore":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"conclude_restore":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"fail_restore":
{ Args: { "job_id": string,"worker_id": string,"error": Json }; Returns: undefined
                           },
"record_progress":
{ Args: { "job_id": string,"worker_id": string,"progress": Json }; Returns: undefined
                           },
"claim_job":
{ Args: { "worker_id": string }; Returns: Json
                           },
"claims":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"close_archive":
{ Args: { "job_id": string,"worker_id": string }; Returns: string
                           },
"column_families":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: (string)[]
                           },
"column_types":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: (unknown)[]
                           },
"complete_backup":
{ Args: { "job_id": string,"manifest_sha256": string,"worker_id": string }; Returns: undefined
                           },
"complete_purge":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"copy_query":
{ Args: { "columns": string,"from_position": unknown,"source": unknown,"to_position": unknown }; Returns: string
                           },
"count_by_merging":
{ Args: { "query": string }; Returns: number
                           },
"current_snapshot":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"date_order_predicate":
{ Args: { "columns": (string)[],"families": (string)[],"parameters": Json }; Returns: string
                           },
"default_message":
{ Args: { "kind": string }; Returns: string
                           },
"delete_rule":
{ Args: { "id": string }; Returns: undefined
                           },
"email_predicate":
{ Args: { "value": string }; Returns: string
                           },
"enqueue_job":
{ Args: { "backup_id": string,"kind": string,"max_attempts"?: number,"parameters"?: Json,"run_after"?: string }; Returns: string
                           },
"equality":
{ Args: { "left_type": unknown,"left_value": string,"right_type": unknown,"right_value": string }; Returns: string
                           },
"fail_backup":
{ Args: { "error": Json,"job_id": string,"objects_remain": boolean,"worker_id": string }; Returns: undefined
                           },
"find_backup":
{ Args: { "backup_id": string }; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"find_completed":
{ Args: { "backup_id": string }; Returns: Database["public"]['Tables']["backups"]['Row']
                          SetofOptions: {
        from: "*"
        to: "backups"
        isOneToOne: true
        isSetofReturn: false
      } },
"find_orphans":
{ Args: { "columns": (string)[],"parent": unknown,"parent_columns": (string)[],"query": string,"source": unknown }; Returns: Record<string, unknown>
                           },
"fingerprint":
{ Args: { "definition": Json }; Returns: string
                           },
"finish_job":
{ Args: { "error"?: Json,"job_id": string }; Returns: undefined
                           },
"fit_rules":
{ Args: { "relation": unknown }; Returns: {
              "columns": (string)[],"id": string,"kind": string,"message": string,"parameters": Json,"reason": string,"severity": string,"suggestion": string,"title": string
            }[]
                           },
"fits_parameters":
{ Args: { "expected": Json,"parameters": Json }; Returns: boolean
                           },
"folded":
{ Args: { "value": string }; Returns: string
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
"get_backup":
{ Args: { "backup_id": string }; Returns: Json
                           },
"get_parts":
{ Args: { "backup_id": string }; Returns: Json
                           },
"give_up_job":
{ Args: { "job_id": string }; Returns: undefined
                           },
"heartbeat":
{ Args: { "job_id": string,"worker_id": string }; Returns: undefined
                           },
"hold_job":
{ Args: { "job_id": string,"worker_id": string }; Returns: {
              "attempt_count": number,
"backup_id": string,
"created_at": string,
"error": Json | null,
"finished_at": string | null,
"job_id": string,
"kind": string,
"lease_expires_at": string | null,
"max_attempts": number,
"parameters": NonNullable<Json>,
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
"is_admin":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"is_allowed":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"is_proved_unique":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: boolean
                           },
"is_read_in_order":
{ Args: { "columns": (string)[],"relation": unknown }; Returns: boolean
                           },
"is_rule_fault":
{ Args: { "state": string }; Returns: boolean
                           },
"is_service":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"iso":
{ Args: { "moment": string }; Returns: string
                           },
"issue_download_link":
{ Args: { "backup_id": string }; Returns: Json
                           },
"join_locations":
{ Args: { "locations": string,"others": string }; Returns: string
                           },
"lease_end":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"list_backups":
{ Args: { "cursor"?: string,"kind"?: string,"page"?: number,"page_limit"?: number,"status"?: string }; Returns: Json
                           },
"lock_statement":
{ Args: { "tables"?: (string)[] }; Returns: string
                           },
"manifest":
{ Args: { "backup_id": string }; Returns: Json
                           },
"mark_failed":
{ Args: { "backup_id": string,"error": Json,"objects_remain": boolean,"purge_after"?: string }; Returns: undefined
                           },
"measured_pieces":
{ Args: { "blocks": number,"slice_bytes": number,"source": unknown,"step": number,"stored_size": string }; Returns: {
              "bytes": number,"start": unknown
            }[]
                           },
"open_download":
{ Args: { "backup_id": string }; Returns: Json
                           },
"orphan_query":
{ Args: { "columns": (string)[],"comparisons": (string)[],"match_type"?: unknown,"parent": unknown,"source": unknown }; Returns: string
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
"purge_validation_runs":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"record_id_expression":
{ Args: { "relation": unknown }; Returns: string
                           },
"record_label_expression":
{ Args: { "relation": unknown }; Returns: string
                           },
"record_part":
{ Args: { "clear_bytes": number,"job_id": string,"ordinal": number,"raw_bytes": number,"raw_sha256": string,"row_count": number,"stored_bytes": number,"stored_sha256": string,"worker_id": string }; Returns: undefined
                           },
"record_plan":
{ Args: { "job_id": string,"plan": Json,"worker_id": string }; Returns: undefined
                           },
"record_validation":
{ Args: { "job_id": string,"report": Json,"worker_id": string }; Returns: boolean
                           },
"refuse_rule":
{ Args: { "argument": string,"reason": string,"rule": string }; Returns: undefined
                           },
"relation_columns":
{ Args: { "relation": unknown }; Returns: {
              "default_expression": string,"identity": unknown,"is_generated": boolean,"name": string,"not_null": boolean,"position": number,"type": string,"type_oid": unknown
            }[]
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
"report_without_samples":
{ Args: { "report": Json }; Returns: Json
                           },
"request_backup":
{ Args: { "kind"?: string,"notes"?: string,"override_reason"?: string,"override_validation"?: boolean,"tables"?: (string)[] }; Returns: Json
                           },
"request_deletion":
{ Args: { "backup_id": string }; Returns: Json
                           },
"resolve_table":
{ Args: { "name": string }; Returns: unknown
                           },
"retry_job":
{ Args: { "error": Json,"job_id": string,"worker_id": string }; Returns: undefined
                           },
"row_predicates":
{ Args: { "columns": (string)[],"kind": string,"parameters": Json,"relation": unknown }; Returns: (string)[]
                           },
"row_rule_sample":
{ Args: { "locations": string,"relation": unknown,"rule": Json }; Returns: Json
                           },
"rule_columns":
{ Args: { "rule": Json }; Returns: (string)[]
                           },
"rule_misfit":
{ Args: { "columns": (string)[],"kind": string,"parameters": Json,"relation": unknown }; Returns: string
                           },
"rule_result":
{ Args: { "fault"?: string,"rule": Json,"sample"?: Json,"violations": number }; Returns: Json
                           },
"run_validation":
{ Args: { "tables"?: (string)[] }; Returns: Json
                           },
"sample_rows":
{ Args: { "columns": (string)[],"locations": string,"message": string,"predicates"?: (string)[],"relation": unknown }; Returns: Json
                           },
"scan_source":
{ Args: { "relation": unknown }; Returns: string
                           },
"script_head":
{ Args: { "backup_id": string }; Returns: string
                           },
"script_tail":
{ Args: { "backup_id": string,"tables"?: (string)[] }; Returns: string
                           },
"select_tables":
{ Args: { "tables"?: (string)[] }; Returns: {
              "ordinal": number,"relation": unknown,"schema_name": string,"table_name": string
            }[]
                           },
"sequence_states":
{ Args: { "tables"?: (string)[] }; Returns: {
              "column_name": string,"is_called": boolean,"last_value": number,"name": string,"sequence": string,"table_label": string
            }[]
                           },
"session_statements":
{ Args: Record<PropertyKey, never>; Returns: (string)[]
                           },
"set_rule":
{ Args: { "columns"?: (string)[],"id": string,"is_enabled"?: boolean,"kind"?: string,"message"?: string,"parameters"?: Json,"severity"?: string,"suggestion"?: string,"table_name"?: string,"title"?: string }; Returns: Json
                           },
"setting":
{ Args: { "key": string }; Returns: Json
                           },
"severity_status":
{ Args: { "errors": number,"warnings": number }; Returns: string
                           },
"sha256_hex":
{ Args: { "content": string }; Returns: string
                           },
"store_rule":
{ Args: { "rule": Omit<Database["backup"]['Tables']["rules"]['Row'], Database["backup"]['Tables']["rules"]['ComputedFields']> }; Returns: undefined
                           },
"store_validation":
{ Args: { "backup_id"?: string,"report": Json }; Returns: string
                           },
"sweep":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"table_heaps":
{ Args: { "relation": unknown }; Returns: {
              "blocks": number,"bytes": number,"source": unknown,"stored_size": string
            }[]
                           },
"table_label":
{ Args: { "relation": unknown }; Returns: string
                           },
"table_objection":
{ Args: { "relation": unknown }; Returns: string
                           },
"table_slices":
{ Args: { "relation": unknown,"slice_bytes": number }; Returns: {
              "estimated_bytes": number,"from_position": unknown,"source": unknown,"to_position": unknown
            }[]
                           },
"take_rate_limit":
{ Args: { "action": string }; Returns: number
                           },
"tally_statement":
{ Args: { "predicates": (string)[],"relation": unknown }; Returns: string
                           },
"type_family":
{ Args: { "type_oid": unknown }; Returns: string
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
"wake_worker":
{ Args: Record<PropertyKey, never>; Returns: undefined
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
                    "clear_size": number | null,"completed_at": string | null,"created_at": string,"created_by": string | null,"error": Json | null,"file_size": number | null,"filename": string | null,"format": number | null,"id": string,"is_pinned": boolean,"kind": string,"manifest_sha256": string | null,"notes": string | null,"override_reason": string | null,"override_validation": boolean,"part_count": number | null,"phase": string | null,"progress": NonNullable<Json>,"raw_size": number | null,"record_counts": Json | null,"requested_tables": (string)[] | null,"row_count": number | null,"snapshot": Json | null,"started_at": string | null,"status": string,"tables": (string)[] | null,"validation_results": Json | null,"verification": Json | null,"verified_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "clear_size"?: number | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"file_size"?: number | null,"filename"?: string | null,"format"?: number | null,"id"?: string,"is_pinned"?: boolean,"kind"?: string,"manifest_sha256"?: string | null,"notes"?: string | null,"override_reason"?: string | null,"override_validation"?: boolean,"part_count"?: number | null,"phase"?: string | null,"progress"?: NonNullable<Json>,"raw_size"?: number | null,"record_counts"?: Json | null,"requested_tables"?: (string)[] | null,"row_count"?: number | null,"snapshot"?: Json | null,"started_at"?: string | null,"status"?: string,"tables"?: (string)[] | null,"validation_results"?: Json | null,"verification"?: Json | null,"verified_at"?: string | null
                  }
                  Update: {
                    "clear_size"?: number | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: Json | null,"file_size"?: number | null,"filename"?: string | null,"format"?: number | null,"id"?: string,"is_pinned"?: boolean,"kind"?: string,"manifest_sha256"?: string | null,"notes"?: string | null,"override_reason"?: string | null,"override_validation"?: boolean,"part_count"?: number | null,"phase"?: string | null,"progress"?: NonNullable<Json>,"raw_size"?: number | null,"record_counts"?: Json | null,"requested_tables"?: (string)[] | null,"row_count"?: number | null,"snapshot"?: Json | null,"started_at"?: string | null,"status"?: string,"tables"?: (string)[] | null,"validation_results"?: Json | null,"verification"?: Json | null,"verified_at"?: string | null
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
