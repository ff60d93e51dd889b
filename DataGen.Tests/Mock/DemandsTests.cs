using DataGen.Definition;
using DataGen.Mock.Records;

namespace DataGen.Tests.Mock;

public sealed class DemandsTests
{
    [Fact]
    public void What_DataGen_demands_of_a_record_is_not_read_as_its_description()
    {
        const string Description = "A toy: name, price";
        const string Number = "\n\nThis is record 1 of 2.";
        var (sampling, errors) = Sampling.Read(
            Description,
            2,
            """
            {"schema":{"type":"object","properties":{"name":{"type":"string"},"price":{"type":"number"}}},
             "rules":[["price",">",0]],"examples":[{"name":"a house","price":1},{"name":"a car","price":2}]}
            """
        );

        Assert.Empty(errors);
        var rest = Demands.Without($"{Description}{sampling!.Demands}{Number}");
        Assert.Equal([Description, Number.Trim()], rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
