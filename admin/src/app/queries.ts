import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { asApiError } from "../api/problem.ts";

/** Asks again where asking again can help, and tells the session when the server no longer knows it. */
export function createQueries(expire: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (asApiError(error).status === 401) expire();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 500,
        retry: (failures, error) => failures < 2 && mayPass(asApiError(error).status),
        // Whether the network is there, the call itself finds out; browsers guess.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

const mayPass = (status: number) => status === 0 || status === 502 || status === 503;
