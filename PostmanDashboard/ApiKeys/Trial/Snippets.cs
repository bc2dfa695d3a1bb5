using System.Text.Encodings.Web;
using System.Text.Json;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>The first call of an integrator, in each language that we show. The same texts are in docs/api.md, whose tests run them.</summary>
public static class Snippets
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="root">The address of this dashboard, without a slash at the end.</param>
    /// <param name="recipient">Who gets the mail.</param>
    public static IReadOnlyList<Snippet> Create(string root, string recipient) =>
    [
        new("curl", Curl(root, recipient)),
        new("C#", CSharp(Quote(root + ApiRoutes.Send), Quote(recipient))),
        new("JavaScript", JavaScript(Quote(root + ApiRoutes.Root), Quote(recipient))),
        new("Python", Python(Quote(root + ApiRoutes.Send), Quote(recipient))),
    ];

    /// <summary>As a string in double quotation marks, which all three languages read like JSON does.</summary>
    private static string Quote(string text) => JsonSerializer.Serialize(text, Readable);

    // An address may hold an apostrophe, which would end the shell's string.
    private static string Curl(string root, string recipient) => $$"""
        curl {{root}}{{ApiRoutes.Send}} \
          -H "Authorization: Bearer $POSTMAN_API_KEY" \
          -H "Content-Type: application/json" \
          -d '{"recipient": {{Quote(recipient).Replace("'", @"\u0027", StringComparison.Ordinal)}}, "subject": "A first mail", "body": "<p>It works.</p>"}'
        """;

    private static string CSharp(string address, string recipient) => $$"""
        using System.Net.Http.Headers;
        using System.Text;
        using System.Text.Json.Nodes;

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("POSTMAN_API_KEY"));

        var mail = new JsonObject
        {
            ["recipient"] = {{recipient}},
            ["subject"] = "A first mail",
            ["body"] = "<p>It works.</p>",
        };
        using var response = await client.PostAsync(
            {{address}},
            new StringContent(mail.ToJsonString(), Encoding.UTF8, "application/json"));
        Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        """;

    private static string JavaScript(string basePath, string recipient) => $$"""
        // hello.mjs, after: npm install @opengovsg/postmangovsg-client
        import { Configuration, EmailApi } from "@opengovsg/postmangovsg-client";

        const api = new EmailApi(new Configuration({
          basePath: {{basePath}},
          accessToken: process.env.POSTMAN_API_KEY,
        }));

        try {
          const { status, data } = await api.transactionalEmailSendPost({
            recipient: {{recipient}},
            subject: "A first mail",
            body: "<p>It works.</p>",
          });
          console.log(status, data.id);
        } catch (error) {
          // Not the error itself: it holds the key.
          console.error(error.response?.status, error.response?.data ?? error.message);
        }
        """;

    private static string Python(string address, string recipient) => $$"""
        import json
        import os
        from urllib.error import HTTPError
        from urllib.request import Request, urlopen

        mail = {
            "recipient": {{recipient}},
            "subject": "A first mail",
            "body": "<p>It works.</p>",
        }
        request = Request(
            {{address}},
            data=json.dumps(mail).encode(),
            headers={
                "Authorization": f"Bearer {os.environ['POSTMAN_API_KEY']}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urlopen(request) as response:
                print(response.status, json.load(response)["id"])
        except HTTPError as problem:
            print(problem.code, problem.read().decode())
        """;
}
