import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Mark } from "./Mark.tsx";
import { useServices } from "./services.ts";

/** By e-mail and password, or however the host does it. */
export function SignIn(
  { isAgain = false, email: known }: { isAgain?: boolean; email?: string },
) {
  const { onSignIn } = useServices();
  const words = (
    <>
      {!isAgain && <h1>Alumni backup</h1>}
      <p className="bc-lead">
        {isAgain
          ? "Sign in again and go on where you were. Nothing that you started has stopped."
          : "Backups, checks and restores of your alumni data. For administrators."}
      </p>
    </>
  );
  if (isAgain) {
    return (
      <div className="bc-sign-in-again">
        {words}
        {onSignIn ? <HostSignIn /> : <SignInForm known={known} />}
      </div>
    );
  }
  return (
    <main className="bc-alone">
      <div className="bc-sign-in">
        <Mark size={40} />
        {words}
        {onSignIn ? <HostSignIn /> : <SignInForm known={known} />}
      </div>
    </main>
  );
}

function HostSignIn() {
  const { onSignIn } = useServices();
  return <Button fullWidth onClick={onSignIn}>Sign in</Button>;
}

function SignInForm({ known = "" }: { known?: string }) {
  const { supabase } = useServices();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setProblem(undefined);
    const { error } = await supabase.auth.signInWithPassword({
      email: email.trim(),
      password,
    });
    if (error) setProblem(inWords(error));
    setPending(false);
  };

  return (
    <form onSubmit={submit} className="bc-form">
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        data-autofocus={known !== "" || undefined}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {problem && <Alert color="brick" role="alert">{problem}</Alert>}
      <Button type="submit" fullWidth loading={isPending}>Sign in</Button>
    </form>
  );
}

function inWords(
  { status, message }: { status?: number; message: string },
): string {
  if (status === 400 || status === 401) {
    return "E-mail and password do not belong together. Try again.";
  }
  if (status === undefined || status === 0) {
    return "The server does not answer. Check your connection, and try again.";
  }
  return message;
}
