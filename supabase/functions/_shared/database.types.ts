export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  backup: {
    Functions: {
      admit: { Args: { action: string; target?: string }; Returns: Json };
      audit: { Args: { action: string; outcome: string; target?: string; details?: Json }; Returns: undefined };
      request_backup: {
        Args: {
          tables?: string[];
          notes?: string;
          override_validation?: boolean;
          override_reason?: string;
          kind?: string;
        };
        Returns: Json;
      };
      list_backups: {
        Args: { status?: string; kind?: string; page_limit?: number; page?: number; cursor?: string };
        Returns: Json;
      };
      get_backup: { Args: { backup_id: string }; Returns: Json };
      request_deletion: { Args: { backup_id: string }; Returns: Json };
      get_parts: { Args: { backup_id: string }; Returns: Json };
      open_download: { Args: { backup_id: string }; Returns: Json };
      issue_download_link: { Args: { backup_id: string }; Returns: Json };
      use_download_link: { Args: { backup_id: string; token: string }; Returns: Json };
      run_validation: { Args: { tables?: string[] }; Returns: Json };
      setting: { Args: { key: string }; Returns: Json };
      is_admin: { Args: never; Returns: boolean };
    };
  };
};
