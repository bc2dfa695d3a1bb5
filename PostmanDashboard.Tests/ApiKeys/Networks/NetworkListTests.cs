using System.Net;
using CsCheck;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Networks;

namespace PostmanDashboard.Tests.ApiKeys.Networks;

/// <summary>What people may type as networks, and what that allows: the rule alone, without a database.</summary>
public sealed class NetworkListTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \n ", null)]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.9", "203.0.113.9/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("2001:0db8:0:0::1", "2001:db8::1/128")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9/32")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("203.0.113.0/24\n2001:db8::/32, 198.51.100.7;10.0.0.0/8", "203.0.113.0/24 2001:db8::/32 198.51.100.7/32 10.0.0.0/8")]
    public void Ranges_and_addresses_are_read_as_people_write_them(string? typed, string? stored)
    {
        Assert.True(NetworkList.TryParse(typed, out var list, out _));

        Assert.Equal(stored, list.Stored);
        Assert.Equal(list, NetworkList.FromStored(stored));
        Assert.Equal(stored is null, list.IsAnywhere);
    }

    [Theory]
    [InlineData("203.0.113.9/24", "“203.0.113.9/24” is an address within a network. Enter 203.0.113.0/24 for all of it, or 203.0.113.9 for it alone.")]
    [InlineData("2001:db8::1/32", "“2001:db8::1/32” is an address within a network. Enter 2001:db8::/32 for all of it, or 2001:db8::1 for it alone.")]
    [InlineData("10.0.0.0/8 10.0.0.0/8", "10.0.0.0/8 is listed twice. Remove one.")]
    [InlineData("203.0.113.9 ::ffff:203.0.113.9/128", "203.0.113.9/32 is listed twice. Remove one.")]
    public void What_is_wrong_is_said_with_what_to_enter_instead(string typed, string said)
    {
        Assert.False(NetworkList.TryParse(typed, out _, out var problem));

        Assert.Equal(said, problem);
    }

    [Theory]
    [InlineData("office")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113.0/-1")]
    [InlineData("203.0.113.0/+8")]
    [InlineData("203.0.113.0/")]
    [InlineData("/24")]
    [InlineData("203.0.113.0/24/24")]
    [InlineData("203.0.113.0/255.255.255.0")]
    [InlineData("2001:db8::/129")]
    [InlineData("[2001:db8::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("203.0.113.9:443")]
    [InlineData("https://203.0.113.9")]
    public void What_is_no_network_is_named(string typed)
    {
        Assert.False(NetworkList.TryParse($"10.0.0.0/8\n{typed}", out _, out var problem));

        Assert.Equal($"“{typed}” is not a network. Enter one like 203.0.113.0/24, or an address like 203.0.113.9.", problem);
    }

    [Fact]
    public void There_are_at_most_twenty()
    {
        Assert.True(NetworkList.TryParse(Many(20), out _, out _));
        Assert.False(NetworkList.TryParse(Many(21), out _, out var problem));

        Assert.Equal("A key has at most 20 networks; these are 21. Use larger ranges.", problem);

        static string Many(int count) => string.Join('\n', Enumerable.Range(0, count).Select(number => $"10.0.{number}.0/24"));
    }

    [Fact]
    public void What_the_database_has_no_room_for_is_refused()
    {
        // The longest text of a range: .NET writes the end of these as an IPv4 address.
        Assert.False(NetworkList.TryParse(Many(20), out _, out var problem));
        Assert.Equal("That’s too long to store; use fewer or wider ranges.", problem);

        Assert.True(NetworkList.TryParse(Many(18), out var list, out _));
        Assert.InRange(list.Stored!.Length, 800, NetworkList.StoredMaxLength);

        static string Many(int count) => string.Join('\n', Enumerable.Range(100, count).Select(number => $"2001:1db8:1111:2222:0:5efe:203.113.113.{number}"));
    }

    [Theory]
    [InlineData("", "10.0.0.0/8", "Anywhere → 10.0.0.0/8")]
    [InlineData("10.0.0.0/8 192.0.2.0/24", "", "10.0.0.0/8, 192.0.2.0/24 → Anywhere")]
    [InlineData("192.0.2.0/24 203.0.113.0/24", "203.0.113.0/24 10.0.0.0/8", "Added 10.0.0.0/8. Removed 192.0.2.0/24.")]
    [InlineData("192.0.2.0/24", "192.0.2.0/24 10.0.0.0/8", "Added 10.0.0.0/8.")]
    [InlineData("192.0.2.0/24 10.0.0.0/8", "10.0.0.0/8 192.0.2.0/24", null)]
    [InlineData("", "", null)]
    public void A_change_is_told_by_what_came_and_what_went(string before, string after, string? told) =>
        Assert.Equal(told, NetworksChange.InWords(Parse(before), Parse(after)));

    [Fact]
    public void A_change_of_long_lists_tells_both_sides_in_what_an_activity_has_room_for()
    {
        var told = NetworksChange.InWords(Parse(Many("2001:1db8:1111")), Parse(Many("2001:2db8:1111")))!;

        Assert.StartsWith("Added 2001:2db8:", told, StringComparison.Ordinal);
        Assert.Contains("more. Removed 2001:1db8:", told, StringComparison.Ordinal);
        Assert.EndsWith(" more.", told, StringComparison.Ordinal);
        Assert.InRange(told.Length, 300, KeyEvent.DetailMaxLength);

        static string Many(string start) => string.Join('\n', Enumerable.Range(1000, 20).Select(number => $"{start}:2222:3333:4444:5555:{number}"));
    }

    private static NetworkList Parse(string networks)
    {
        Assert.True(NetworkList.TryParse(networks, out var list, out _));
        return list;
    }

    [Theory]
    [InlineData("203.0.113.0/28", "203.0.113.15", true)]
    [InlineData("203.0.113.0/28", "203.0.113.16", false)]
    [InlineData("203.0.113.0/28", "::ffff:203.0.113.15", true)]
    [InlineData("203.0.113.0/28", "2001:db8::1", false)]
    [InlineData("203.0.113.0/28", null, false)]
    [InlineData("0.0.0.0/0", "203.0.113.15", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.15", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("fe80::/10", "fe80::1%2", true)]
    [InlineData("10.0.0.0/8 203.0.113.9", "203.0.113.9", true)]
    [InlineData("", "203.0.113.9", true)]
    [InlineData("", null, true)]
    public void Only_calls_from_a_network_of_the_list_are_allowed(string networks, string? address, bool isAllowed)
    {
        Assert.True(NetworkList.TryParse(networks, out var list, out _));

        Assert.Equal(isAllowed, list.Allows(address is null ? null : IPAddress.Parse(address)));
    }

    [Fact]
    public void Each_address_is_in_the_network_that_is_proposed_for_it()
    {
        var addresses = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]);

        Gen.Select(addresses, Gen.Int[0, 128]).Sample((bytes, prefix) =>
        {
            var address = new IPAddress(bytes);
            var length = Math.Min(prefix, 8 * bytes.Length);

            var network = new IPNetwork(NetworkRange.BaseOf(address, length), length);

            Assert.True(network.Contains(address));
        });
    }
}
