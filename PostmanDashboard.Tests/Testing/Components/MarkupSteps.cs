using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace PostmanDashboard.Tests.Testing.Components;

/// <summary>What people do on a component, by the names that they read.</summary>
internal static class MarkupSteps
{
    public static IElement Button<TComponent>(this IRenderedComponent<TComponent> component, string name)
        where TComponent : IComponent =>
        component.FindAll("button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    public static IElement Field<TComponent>(this IRenderedComponent<TComponent> component, string label)
        where TComponent : IComponent =>
        component.Find($"#{component.FindAll("label").First(candidate => candidate.TextContent.Trim() == label).GetAttribute("for")}");

    public static void Says<TComponent>(this IRenderedComponent<TComponent> component, string text)
        where TComponent : IComponent =>
        component.WaitForAssertion(() => Assert.Contains(text, component.Text(), StringComparison.Ordinal));

    /// <summary>As a browser shows it, where a line break of the markup is a space.</summary>
    public static string Text<TComponent>(this IRenderedComponent<TComponent> component)
        where TComponent : IComponent =>
        string.Join(' ', component.Nodes.SelectMany(node => node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
