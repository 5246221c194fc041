// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Who restakes for a token, as each issuer lists it. Stakers are any addresses: the tests act for them.

/// Renzo: numbered; a number beyond the last reverts without a reason.
contract RestakeManager {
    address[] public operatorDelegators;

    function addStaker(address staker) external {
        operatorDelegators.push(staker);
    }

    function getOperatorDelegatorsLength() external view returns (uint256) {
        return operatorDelegators.length;
    }
}

/// Kelp: one list. ETH that waits to be restaked lies here.
contract LRTDepositPool {
    address[] internal _queue;

    function addStaker(address staker) external {
        _queue.push(staker);
    }

    function getNodeDelegatorQueue() external view returns (address[] memory) {
        return _queue;
    }
}

/// Puffer: by name. The list of weights is replaced as a whole, so that it can leave out modules that exist.
contract PufferProtocol {
    bytes32[] internal _weights;
    mapping(bytes32 name => address) public getModuleAddress;

    function addModule(bytes32 name, address module) external {
        getModuleAddress[name] = module;
        _weights.push(name);
    }

    function setModuleWeights(bytes32[] calldata weights) external {
        _weights = weights;
    }

    function getModuleWeights() external view returns (bytes32[] memory) {
        return _weights;
    }
}

/// Swell: numbered from one; a number beyond the last has no staker.
contract SwellEigenLayerManager {
    uint256 public stakeId;
    mapping(uint256 id => address) public stakerProxyAddresses;

    function addStaker(address staker) external {
        stakerProxyAddresses[++stakeId] = staker;
    }
}
