import { useMutation, type UseMutationOptions, type UseMutationResult } from "@tanstack/react-query";
import { useCallback, useRef } from "react";

/**
 * A mutation that a double click starts once: that it is pending shows only with the next rendering, and a second
 * click can come before.
 */
export function useDeed<Output, Input>(
  options: UseMutationOptions<Output, Error, Input>,
): UseMutationResult<Output, Error, Input> {
  const isRunning = useRef(false);
  const mutation = useMutation({
    ...options,
    onSettled: (...args) => {
      isRunning.current = false;
      return options.onSettled?.(...args);
    },
  });
  const { mutate } = mutation;
  const once = useCallback<typeof mutate>((...args) => {
    if (isRunning.current) return;
    isRunning.current = true;
    mutate(...args);
  }, [mutate]);
  return { ...mutation, mutate: once };
}
