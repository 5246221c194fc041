// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// Which resolver answers for a node. Anyone may write: it is a test network.
contract ENSRegistry {
    mapping(bytes32 node => address) public owner;
    mapping(bytes32 node => address) public resolver;

    function setRecord(bytes32 node, address owner_, address resolver_) external {
        owner[node] = owner_;
        resolver[node] = resolver_;
    }
}

/// Address records (forward) and name records (reverse).
contract PublicResolver {
    mapping(bytes32 node => address) internal _addr;
    mapping(bytes32 node => string) public name;

    function setAddr(bytes32 node, address account) external {
        _addr[node] = account;
    }

    function setName(bytes32 node, string calldata name_) external {
        name[node] = name_;
    }

    function addr(bytes32 node) external view returns (address payable) {
        return payable(_addr[node]);
    }

    /// ENSIP-9; coin type 60 (ETH) only.
    function addr(bytes32 node, uint256 coinType) external view returns (bytes memory) {
        if (coinType != 60 || _addr[node] == address(0)) return "";
        return abi.encodePacked(_addr[node]);
    }
}

/// The two views ENS clients call today (ENSIP-23): forward and reverse resolution in one call.
/// Without CCIP-read and without wildcard parents: the exact node must have a resolver.
contract UniversalResolver {
    error ResolverNotFound(bytes name);
    error ResolverNotContract(bytes name, address resolver);
    error ResolverError(bytes errorData);
    error ReverseAddressMismatch(string primary, bytes primaryAddress);
    error DNSDecodingFailed(bytes dns);

    ENSRegistry public immutable registry;

    constructor(ENSRegistry registry_) {
        registry = registry_;
    }

    function resolve(bytes calldata name, bytes calldata data) external view returns (bytes memory, address) {
        return _resolve(name, data);
    }

    function resolveWithGateways(bytes calldata name, bytes calldata data, string[] calldata)
        external
        view
        returns (bytes memory, address)
    {
        return _resolve(name, data);
    }

    function reverse(bytes calldata account, uint256 coinType)
        external
        view
        returns (string memory, address, address)
    {
        return _reverse(account, coinType);
    }

    function reverseWithGateways(bytes calldata account, uint256 coinType, string[] calldata)
        external
        view
        returns (string memory, address, address)
    {
        return _reverse(account, coinType);
    }

    function _resolve(bytes memory name, bytes memory data) internal view returns (bytes memory, address) {
        address resolver = registry.resolver(_nodeOf(name, 0));
        require(resolver != address(0), ResolverNotFound(name));
        require(resolver.code.length != 0, ResolverNotContract(name, resolver));
        (bool ok, bytes memory answer) = resolver.staticcall(data);
        require(ok, ResolverError(answer));
        return (answer, resolver);
    }

    /// A reverse name counts only when the forward record points back (ENSIP-19).
    function _reverse(bytes memory account, uint256 coinType)
        internal
        view
        returns (string memory, address, address)
    {
        string memory hexAddress = Strings.toHexString(address(bytes20(account)));
        bytes memory label = new bytes(40);
        for (uint256 i = 0; i < 40; i++) {
            label[i] = bytes(hexAddress)[i + 2];
        }
        bytes memory reverseName = abi.encodePacked(bytes1(0x28), label, "\x04addr\x07reverse\x00");
        (bytes memory answer, address reverseResolver) =
            _resolve(reverseName, abi.encodeWithSignature("name(bytes32)", _nodeOf(reverseName, 0)));
        string memory primary = abi.decode(answer, (string));
        if (bytes(primary).length == 0) return ("", address(0), reverseResolver);

        bytes memory forwardName = _dnsEncode(bytes(primary));
        (bytes memory forward, address resolver) = _resolve(
            forwardName, abi.encodeWithSignature("addr(bytes32,uint256)", _nodeOf(forwardName, 0), coinType)
        );
        bytes memory pointsTo = abi.decode(forward, (bytes));
        require(keccak256(pointsTo) == keccak256(account), ReverseAddressMismatch(primary, pointsTo));
        return (primary, resolver, reverseResolver);
    }

    /// namehash of a DNS-encoded name from byte `at` on.
    function _nodeOf(bytes memory dns, uint256 at) internal pure returns (bytes32) {
        require(at < dns.length, DNSDecodingFailed(dns));
        uint256 size = uint8(dns[at]);
        if (size == 0) return bytes32(0);
        require(at + 1 + size < dns.length, DNSDecodingFailed(dns));
        bytes memory label = new bytes(size);
        for (uint256 i = 0; i < size; i++) {
            label[i] = dns[at + 1 + i];
        }
        return keccak256(abi.encodePacked(_nodeOf(dns, at + 1 + size), keccak256(label)));
    }

    /// "a.bc" becomes \x01 a \x02 bc \x00.
    function _dnsEncode(bytes memory name) internal pure returns (bytes memory dns) {
        dns = new bytes(name.length + 2);
        uint256 labelStart = 0;
        for (uint256 i = 0; i <= name.length; i++) {
            if (i < name.length && name[i] != ".") {
                dns[i + 1] = name[i];
            } else {
                dns[labelStart] = bytes1(uint8(i - labelStart));
                labelStart = i + 1;
            }
        }
    }
}
