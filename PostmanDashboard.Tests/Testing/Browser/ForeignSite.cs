using System.Net;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Somebody else's web server on this machine: another port, so another origin, and still the same site to <c>SameSite</c>.</summary>
public sealed class ForeignSite : IDisposable
{
    /// <summary>Opened here, a page has no origin at all: the browser calls it <c>null</c>.</summary>
    public const string WithoutOrigin = "sandboxed";

    private readonly HttpListener listener = new();

    private ForeignSite(Uri address)
    {
        Address = address;
        listener.Prefixes.Add(address.ToString());
    }

    public Uri Address { get; }

    /// <summary>Serves an empty page, whose scripts a test writes.</summary>
    public static ForeignSite Start()
    {
        var site = new ForeignSite(new Uri($"http://127.0.0.1:{DashboardProcess.FreePort()}/"));
        site.listener.Start();
        _ = site.ServeAsync();
        return site;
    }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                context.Response.ContentType = "text/html";
                if (context.Request.Url!.AbsolutePath.Contains(WithoutOrigin, StringComparison.Ordinal))
                {
                    context.Response.Headers["Content-Security-Policy"] = "sandbox allow-scripts allow-forms";
                }

                context.Response.Close("<!DOCTYPE html><title>Win a voucher</title>"u8.ToArray(), willBlock: true);
            }
        }
        catch (Exception) when (!listener.IsListening)
        {
            // The test is over.
        }
    }
}
