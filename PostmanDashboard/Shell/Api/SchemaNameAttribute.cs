namespace PostmanDashboard.Shell.Api;

/// <summary>What a type is called in the OpenAPI document, whatever it is called here: clients are generated with these names.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SchemaNameAttribute(string name) : Attribute
{
    public string Name => name;
}
