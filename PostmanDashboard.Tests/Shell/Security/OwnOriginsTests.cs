using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.Shell.Security;

public sealed class OwnOriginsTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://*:5080")]
    public void In_development_a_server_that_listens_at_every_address_takes_the_name_that_the_browser_called(string listened)
    {
        var origins = Listening("Development", listened);

        Assert.True(origins.Contain("http://build.agency.gov.sg:5080", new HostString("build.agency.gov.sg", 5080)));
        Assert.True(origins.Contain("http://localhost:5080", new HostString("build.agency.gov.sg", 5080)));
        Assert.False(origins.Contain("http://evil.example:5080", new HostString("build.agency.gov.sg", 5080)));
        Assert.False(origins.Contain("http://build.agency.gov.sg:8080", new HostString("build.agency.gov.sg", 5080)));
    }

    [Fact]
    public void Outside_development_the_public_address_alone_is_ours()
    {
        var origins = Listening("Production", "http://0.0.0.0:5080");

        Assert.True(origins.Contain("https://postman.agency.gov.sg", new HostString("postman.agency.gov.sg")));
        Assert.False(origins.Contain("http://localhost:5080", new HostString("localhost", 5080)));
    }

    private static OwnOrigins Listening(string environment, string address)
    {
        var listened = new ServerAddressesFeature { Addresses = { address } };
        var server = new NoServer { Features = { [typeof(IServerAddressesFeature)] = listened } };
        var options = Microsoft.Extensions.Options.Options.Create(new PublicOptions { BaseUrl = "https://postman.agency.gov.sg" });
        return new OwnOrigins(
            new PublicAddress(options, server, new ConfigurationBuilder().Build()), server, new HostingEnvironment { EnvironmentName = environment });
    }
}
